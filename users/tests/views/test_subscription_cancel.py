"""The page of a cancellation: both refunds explained, and settled once."""

import re

import pytest
from django.utils import timezone

from matching.models import MatchHistory
from users.models import SubscriptionSettlement, UserSubscription
from users.tests.pressing import GIVEN, hidden_of, press, url_of
from users.tests.subscribing import subscribed

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

in_transactions = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


class TestCancel:
    def test_both_refunds_are_explained(self, client, manager, member):
        subscribed(member)
        client.force_login(manager)
        page = client.get(url_of("cancel", member))
        for said in ("₩690,000 × 90% = ₩621,000", "₩690,000 × 20% = ₩138,000", "₩690,000 + ₩138,000 = ₩828,000"):
            assert said in page.text

    @pytest.mark.parametrize(("fault", "amount"), [("member", 621_000), ("company", 828_000)])
    def test_the_computed_refund_is_settled(self, client, manager, member, fault, amount):
        subscribed(member)
        client.force_login(manager)
        assert press(client, "cancel", member, fault=fault).status_code == 302
        settlement = SubscriptionSettlement.objects.get()
        assert (settlement.fault, settlement.computed_krw, settlement.settled_krw) == (fault, amount, amount)

    def test_another_amount_is_kept_beside_the_computed_one(self, client, manager, member):
        subscribed(member)
        client.force_login(manager)
        press(client, "cancel", member, settled_krw="650000")
        settlement = SubscriptionSettlement.objects.get()
        assert (settlement.computed_krw, settlement.settled_krw) == (621_000, 650_000)

    @pytest.mark.parametrize(
        ("field", "given"),
        [
            ("fault", {"fault": "weather"}),
            ("fault", {"fault": ""}),
            ("settled_krw", {"settled_krw": "690001"}),
            ("settled_krw", {"settled_krw": "-1"}),
            ("reason", {"reason": ""}),
        ],
    )
    def test_bad_values_are_named(self, client, manager, member, field, given):
        subscribed(member)
        client.force_login(manager)
        response = press(client, "cancel", member, **given)
        assert response.status_code == 422
        assert field in response.context["form"].errors
        assert not SubscriptionSettlement.objects.exists()

    def test_without_a_price_the_amount_is_asked_for(self, client, manager, member):
        subscribed(member, price_krw=None)
        client.force_login(manager)
        response = press(client, "cancel", member)
        assert response.status_code == 422
        assert "settled_krw" in response.context["form"].errors
        assert press(client, "cancel", member, settled_krw="100000").status_code == 302

    def test_a_second_press_settles_nothing(self, client, manager, member):
        subscribed(member)
        client.force_login(manager)
        hidden = hidden_of(client.get(url_of("cancel", member)))
        for _ in range(2):
            assert press(client, "cancel", member, hidden).status_code == 302
        assert SubscriptionSettlement.objects.count() == 1

    def test_a_refund_that_has_changed_meanwhile_is_shown_first(self, client, manager, member, make_member):
        subscribed(member)
        client.force_login(manager)
        hidden = hidden_of(client.get(url_of("cancel", member)))
        pair = sorted([member.pk, make_member().pk])
        now = timezone.now()
        MatchHistory.objects.create(
            user_a_id=pair[0], user_b_id=pair[1], source="manual", status="introduced", introduced_at=now
        )
        response = press(client, "cancel", member, hidden)
        assert response.status_code == 409
        assert "₩621,000" in response.text
        assert "₩586,500" in response.text
        assert not SubscriptionSettlement.objects.exists()
        assert press(client, "cancel", member, hidden_of(response)).status_code == 302
        assert SubscriptionSettlement.objects.get().settled_krw == 586_500

    @in_transactions
    def test_the_undo_takes_the_settlement_back(self, client, manager, member):
        subscribed(member)
        client.force_login(manager)
        hidden = hidden_of(client.get(url_of("cancel", member)))
        page = client.post(url_of("cancel", member), {**hidden, **GIVEN["cancel"]}, follow=True)
        undo = re.search(r'action="([^"]*uncancel/\?row_version=\d+)"', page.text).group(1)
        for _ in range(2):
            assert client.post(undo).status_code == 302
        assert UserSubscription.objects.get().status == "active"
        assert sum(SubscriptionSettlement.objects.values_list("settled_krw", flat=True)) == 0
