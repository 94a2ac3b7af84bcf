"""Which entry of the navigation is lit."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url_name", "lit"),
    [
        ("today", ["today"]),
        ("users:list", ["users:list"]),
        ("staff:list", ["staff:list"]),
        ("staff:create", ["staff:list"]),
        ("staff:me", []),
        ("staff:recovery_codes", []),
        ("staff:password_change", []),
        ("staff:confirm", []),
        ("matching:weeks", ["matching:weeks"]),
        ("matching:consults", ["matching:consults"]),
        ("matching:incidents", ["matching:feedback_due"]),
    ],
)
def test_the_entry_of_the_place_is_lit_and_ones_own_account_is_no_place(client, manager, url_name, lit):
    client.force_login(manager)
    items = client.get(reverse(url_name)).context["nav_items"]
    assert [item["key"] for item in items if item["active"]] == lit
