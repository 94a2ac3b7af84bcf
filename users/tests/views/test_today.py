"""The first page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from users.tests.reviewing import handed_in

pytestmark = pytest.mark.django_db

TODAY = reverse("today")


def test_shows_what_waits_to_those_who_decide_it(client, reviewer, make_member):
    make_member(status="pending")
    make_member(status="approved")
    client.force_login(reviewer)
    counters = client.get(TODAY).context["counters"]
    assert [counter["count_label"] for counter in counters] == ["1", "0"]


def test_the_counters_lead_those_who_decide_to_the_review(client, reviewer, make_member):
    make_member(status="pending", created_at=timezone.now() - timedelta(days=3))
    client.force_login(reviewer)
    page = client.get(TODAY)
    assert [counter["url"] for counter in page.context["counters"]] == [reverse("users:review")] * 2
    assert "3일" in page.context["counters"][0]["hint"]
    assert reverse("users:review") in [item["url"] for item in page.context["nav_items"]]


def test_those_who_decide_nothing_they_lead_to_the_members_whom_they_counted(client, matchmaker, make_member):
    waiting = make_member(status="pending")
    make_member(status="approved")
    client.force_login(matchmaker)
    url = client.get(TODAY).context["counters"][0]["url"]
    assert [user.pk for user in client.get(url).context["page"].rows] == [waiting.pk]


def test_documents_that_wait_are_counted_one_by_one(client, reviewer, make_member):
    waiting = make_member()
    for _ in range(2):
        handed_in(waiting)
    handed_in(make_member(), status="approved")
    client.force_login(reviewer)
    assert client.get(TODAY).context["counters"][1]["count_label"] == "2"


def test_to_those_who_only_read_documents_the_members_are_shown(client, outsider, make_member):
    waiting = make_member()
    handed_in(waiting)
    outsider.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "view_userdocument"]))
    client.force_login(outsider)
    url = client.get(TODAY).context["counters"][1]["url"]
    assert [user.pk for user in client.get(url).context["page"].rows] == [waiting.pk]


def test_counts_are_bounded(client, reviewer, make_member, monkeypatch):
    monkeypatch.setattr("users.review.counters.COUNT_BOUND", 1)
    for _ in range(3):
        make_member(status="pending")
    client.force_login(reviewer)
    assert client.get(TODAY).context["counters"][0]["count_label"] == "1+"


def test_shows_nothing_of_what_a_person_may_not_see(client, outsider, make_member):
    make_member(status="pending")
    client.force_login(outsider)
    response = client.get(TODAY)
    assert response.context["counters"] == []
    assert reverse("users:list") not in [item["url"] for item in response.context["nav_items"]]


def test_only_reading(client, reviewer):
    client.force_login(reviewer)
    assert client.post(TODAY).status_code == 405
