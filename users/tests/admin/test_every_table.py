"""Each table of the members' app has its pages, to those who may use them."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from users.models import (
    User,
    UserAccessAudit,
    UserDocument,
    UserLifestyle,
    UserPhoto,
    UserPreference,
    UserProfile,
    UserSubscription,
)
from users.tests.admin.desk import Desk, page
from ygs_admin.db.ownership import shared_models
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

TABLES = [User, UserProfile, UserLifestyle, UserPreference, UserPhoto, UserDocument, UserSubscription, UserAccessAudit]
WITHOUT_TRASH = [UserProfile, UserLifestyle, UserPreference, UserAccessAudit]
VIEWS = ["change", "history"]


def test_every_shared_table_is_in_the_admin():
    assert set(shared_models()) <= set(admin.site._registry)


@pytest.mark.parametrize("model", TABLES)
def test_lists_and_pages_open(desk, full_member, model):
    desk.open(full_member)
    row = model.objects.first()
    assert row in desk.rows(model)
    for view in VIEWS:
        assert desk.get(page(model, view, row.pk)).status_code == 200


@pytest.mark.parametrize("model", TABLES[:-1])
def test_a_row_can_be_made(desk, model):
    assert desk.get(page(model, "add")).status_code == 200


QUOTED_BY_THE_ADMIN = "5F" * 10 + "3A2F23"


def test_the_admins_quoting_round_trips_every_prefix():
    """An id holds `_` and may hold what looks like a quoted character after it."""
    for model in shared_models():
        key = f"{model._meta.pk.prefix}_{QUOTED_BY_THE_ADMIN}"
        kwargs = resolve(page(model, "change", key)).kwargs
        assert unquote(kwargs["object_id"]) == key


@pytest.mark.parametrize("model", TABLES)
def test_a_missing_or_malformed_id_is_no_error(desk, model):
    for key in ("usr_01J9ABCDEFGHJKMNPQRSTVWXYZ", "usr_lower", "nonsense", "usr_8" + "0" * 25, "%00"):
        for view in (*VIEWS, "delete"):
            assert desk.get(page(model, view, key)).status_code in {302, 403}, (key, view)


@pytest.mark.parametrize("model", WITHOUT_TRASH)
def test_a_table_without_trash_offers_no_deletion(desk, full_member, model):
    desk.open(full_member)
    row = model.objects.first()
    assert desk.get(page(model, "delete", row.pk)).status_code == 403
    assert desk.client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in desk.get(page(model, "changelist")).text
    desk.act(model, "delete_selected", [row], post="yes")
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("persona", ["reviewer", "manager", "outsider"])
def test_nobody_but_a_superuser_may_enter(request, client, persona):
    client.force_login(request.getfixturevalue(persona))
    response = client.get(page(User, "changelist"), follow=True)
    assert response.status_code == 403


def test_whoever_has_not_signed_in_is_sent_to_sign_in(client):
    response = client.get(page(User, "changelist"), follow=True)
    assert response.redirect_chain[-1][0].startswith("/staff/sign-in/")


LIST_QUERIES = 2  # the bounded count and the page
# The row with its member, and the member again where the form offers to choose another; of a member six inlines too.
PAGE_QUERIES = {User: 7, UserPhoto: 2, UserDocument: 2, UserSubscription: 2}


@pytest.mark.parametrize("model", TABLES)
def test_a_list_costs_two_queries_and_one_line_on_the_record(desk, full_member, make_member, model):
    for _ in range(5):
        UserPhoto.objects.create(user=make_member(), s3_key="photos/2.jpg")
    desk.get(page(model, "changelist"))
    for asked in ({}, {"q": "김"}, {"q": "5678"}, {"p": "2"}):
        with domain_queries() as queries:
            desk.get(page(model, "changelist"), **asked)
        inserts = [query for query in queries if query.startswith("INSERT")]
        assert (len(queries) - len(inserts), len(inserts)) == (LIST_QUERIES, 1), (asked, queries)


@pytest.mark.parametrize("model", TABLES)
def test_a_page_costs_a_fixed_number_of_queries(desk, full_member, model):
    desk.open(full_member)
    row = model.objects.first()
    with domain_queries() as queries:
        desk.open(row)
    reads = [query for query in queries if query.startswith("SELECT")]
    assert len(reads) == PAGE_QUERIES.get(model, 1), reads


@pytest.mark.parametrize("model", TABLES)
def test_no_page_counts_a_whole_table(desk, full_member, model):
    with CaptureQueriesContext(connection) as captured:
        desk.get(page(model, "changelist"))
    counts = [query["sql"] for query in captured if "COUNT(" in query["sql"]]
    assert counts
    assert all("LIMIT 1001" in count for count in counts)


def test_the_desk_posts_what_a_browser_would(desk, full_member):
    """The other tests lean on this: a form posted as it came changes nothing."""
    assert isinstance(desk, Desk)
    assert desk.save(desk.open(full_member)).status_code == 302
    full_member.refresh_from_db()
    assert full_member.updated_at is None
