"""The first page."""

import pytest
from django.urls import reverse

from users.tests.reviewing import handed_in

pytestmark = pytest.mark.django_db

TODAY = reverse("today")


def test_shows_what_waits_to_those_who_decide_it(client, reviewer, make_member):
    make_member(status="pending")
    make_member(status="approved")
    client.force_login(reviewer)
    counters = client.get(TODAY).context["counters"]
    assert [counter["count_label"] for counter in counters] == ["1", "0"]


def test_the_counter_leads_to_the_members_whom_it_counted(client, reviewer, make_member):
    waiting = make_member(status="pending")
    make_member(status="approved")
    client.force_login(reviewer)
    url = client.get(TODAY).context["counters"][0]["url"]
    assert [user.pk for user in client.get(url).context["page"].rows] == [waiting.pk]


def test_documents_that_wait_lead_to_whose_they_are(client, reviewer, make_member):
    waiting = make_member()
    for _ in range(2):
        handed_in(waiting)
    handed_in(make_member(), status="approved")
    client.force_login(reviewer)
    counter = client.get(TODAY).context["counters"][1]
    assert counter["count_label"] == "2"
    assert [user.pk for user in client.get(counter["url"]).context["page"].rows] == [waiting.pk]


def test_counts_are_bounded(client, reviewer, make_member, monkeypatch):
    monkeypatch.setattr("ygs_admin.web.keyset.COUNT_BOUND", 1)
    monkeypatch.setattr("users.views.today.COUNT_BOUND", 1)
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
