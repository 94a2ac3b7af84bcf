"""The first page, as far as it is about members."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from users.models import UserSubscription
from users.tests.reviewing import handed_in
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

TODAY = reverse("today")


def figures(client):
    """Return the key of each card → what it says."""
    return {card.key: figure for card, figure in client.get(TODAY).context["cards"]}


def subscribed(member, *, days, **columns):
    now = timezone.now()
    terms = {"plan": "basic", "status": "active", "starts_at": now, "expires_at": now + timedelta(days=days)}
    return UserSubscription.objects.create(user=member, **terms | columns)


def test_shows_what_waits_to_those_who_decide_it(client, reviewer, make_member):
    make_member(status="pending")
    make_member(status="approved")
    client.force_login(reviewer)
    shown = figures(client)
    assert (shown["sign_ups"].value, shown["documents"].value) == ("1", "0")


def test_the_cards_lead_those_who_decide_to_the_review(client, reviewer, make_member):
    make_member(status="pending", created_at=timezone.now() - timedelta(days=3))
    client.force_login(reviewer)
    shown = figures(client)
    assert shown["sign_ups"].url == shown["documents"].url == reverse("users:review")
    assert "3일" in shown["sign_ups"].hint
    assert reverse("users:review") in [item["url"] for item in client.get(TODAY).context["nav_items"]]


def test_those_who_decide_nothing_they_lead_to_the_members_whom_they_counted(client, matchmaker, make_member):
    waiting = make_member(status="pending")
    make_member(status="approved")
    client.force_login(matchmaker)
    url = figures(client)["sign_ups"].url
    assert [user.pk for user in client.get(url).context["page"].rows] == [waiting.pk]


def test_documents_that_wait_are_counted_one_by_one(client, reviewer, make_member):
    waiting = make_member()
    for _ in range(2):
        handed_in(waiting)
    handed_in(make_member(), status="approved")
    client.force_login(reviewer)
    assert figures(client)["documents"].value == "2"


def test_to_those_who_only_read_documents_the_members_are_shown(client, outsider, make_member):
    waiting = make_member()
    handed_in(waiting)
    outsider.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "view_userdocument"]))
    client.force_login(outsider)
    url = figures(client)["documents"].url
    assert [user.pk for user in client.get(url).context["page"].rows] == [waiting.pk]


def test_subscriptions_about_to_end_lead_to_their_members(client, consultant, make_member):
    ending = make_member()
    subscribed(ending, days=7)
    subscribed(make_member(), days=8)
    subscribed(make_member(), days=-1)
    subscribed(make_member(), days=3, status="paused")
    subscribed(make_member(), days=3, deleted_at=timezone.now())
    client.force_login(consultant)
    figure = figures(client)["ending"]
    assert figure.value == "1"
    listed = client.get(figure.url)
    assert [user.pk for user in listed.context["page"].rows] == [ending.pk]
    assert "7일" in listed.context["active_filters"][0]["value"]


def test_counts_are_bounded(client, reviewer, make_member, monkeypatch):
    monkeypatch.setattr("users.review.counters.COUNT_BOUND", 1)
    for _ in range(3):
        make_member(status="pending")
    client.force_login(reviewer)
    assert figures(client)["sign_ups"].value == "1+"


def test_shows_nothing_of_what_a_person_may_not_see(client, outsider, make_member):
    make_member(status="pending")
    client.force_login(outsider)
    response = client.get(TODAY)
    assert (response.context["cards"], response.context["panels"]) == ([], [])
    assert reverse("users:list") not in [item["url"] for item in response.context["nav_items"]]


def test_an_auditor_sees_neither_subscriptions_nor_introductions(client, auditor):
    client.force_login(auditor)
    assert set(figures(client)) == {"sign_ups", "inspections"}
    assert [panel.key for panel, _content in client.get(TODAY).context["panels"]] == ["sign_ups_by_week"]


def test_only_reading(client, reviewer):
    client.force_login(reviewer)
    assert client.post(TODAY).status_code == 405


def test_the_page_costs_as_many_queries_however_much_waits(client, manager, make_member):
    client.force_login(manager)
    counted = []
    for _ in range(2):
        for member in [make_member(status="pending"), make_member(gender="female")]:
            handed_in(member)
            subscribed(member, days=3)
        with domain_queries() as queries:
            client.get(TODAY)
        counted.append(len(queries))
    assert counted == [17, 15]
