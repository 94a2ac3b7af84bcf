"""The grid of answers."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.models import MatchWeek, WeekStatus
from users.models import Action, UserAccessAudit
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def page_of(week):
    return reverse("matching:week_answers", args=[week.pk])


def shown(response):
    return [row.pair.pk for row in response.context["page"].rows]


@pytest.fixture
def sent(pairs):
    """The three pairs, introduced: one waits for an answer, one has both, one was declined."""
    answers = (
        ("introduced", "accepted", "pending"),
        ("accepted", "accepted", "accepted"),
        ("declined", "pending", "declined"),
    )
    for pair, (status, first, second) in zip(pairs, answers, strict=True):
        pair.status, pair.a_response, pair.b_response = status, first, second
        pair.introduced_at = timezone.now()
        pair.save()
    return pairs


def publish(week, *, days_ago):
    published_at = timezone.now() - timedelta(days=days_ago)
    MatchWeek.objects.filter(pk=week.pk).update(status=WeekStatus.PUBLISHED, published_at=published_at)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("", [0, 1, 2]), ("outstanding", [0]), ("accepted", [1]), ("declined", [2]), ("overdue", [0]), ("unsent", [])],
)
def test_answers_are_filtered(client, matchmaker, in_review, sent, state, expected):
    publish(in_review, days_ago=40)
    client.force_login(matchmaker)
    assert shown(client.get(page_of(in_review), {"state": state})) == [sent[at].pk for at in expected]


def test_nothing_is_overdue_before_its_time(client, matchmaker, in_review, sent):
    publish(in_review, days_ago=0)
    client.force_login(matchmaker)
    assert shown(client.get(page_of(in_review), {"state": "overdue"})) == []
    rows = client.get(page_of(in_review)).context["page"].rows
    assert not any(answer.is_overdue for row in rows for answer in row.answers)


def test_only_the_answer_that_is_missing_is_overdue(client, matchmaker, in_review, sent):
    publish(in_review, days_ago=40)
    client.force_login(matchmaker)
    rows = client.get(page_of(in_review)).context["page"].rows
    overdue = [[answer.is_overdue for answer in row.answers] for row in rows]
    assert overdue == [[False, True], [False, False], [False, False]]


def test_the_states_are_counted(client, matchmaker, in_review, sent):
    publish(in_review, days_ago=1)
    client.force_login(matchmaker)
    counters = {url: count for _label, url, count in client.get(page_of(in_review)).context["counters"]}
    assert counters["?state=outstanding"] == counters["?state=accepted"] == counters["?state=declined"] == 1


def test_recording_an_answer_comes_back_to_the_grid_as_it_was_filtered(client, matchmaker, in_review, sent):
    publish(in_review, days_ago=1)
    client.force_login(matchmaker)
    here = f"{page_of(in_review)}?state=outstanding"
    url = reverse("matching:introduction_answer", args=[sent[0].pk, sent[0].user_b_id])
    link = f"{url}?next={quote(here)}"
    assert link in client.get(here).text
    asked = client.get(link)
    assert asked.context["cancel_url"] == asked.context["next"] == here
    hidden = asked.context["form"]["row_version"].value()
    recorded = client.post(url, {"response": "accepted", "row_version": hidden, "next": here})
    assert recorded.url == here
    undo = next(iter(client.get(here).context["messages"])).extra_tags.split()[0].removeprefix("undo=")
    assert client.post(undo).url == here


def test_it_comes_back_to_nowhere_else(client, matchmaker, in_review, sent):
    client.force_login(matchmaker)
    url = reverse("matching:introduction_answer", args=[sent[0].pk, sent[0].user_b_id])
    version = client.get(url).context["form"]["row_version"].value()
    asked = {"response": "accepted", "row_version": version, "next": "https://example.com/"}
    assert client.post(url, asked).url == reverse("matching:introduction", args=[sent[0].pk])


def test_a_member_is_found_among_the_answers(client, matchmaker, in_review, sent):
    client.force_login(matchmaker)
    assert shown(client.get(page_of(in_review), {"q": "두리1"})) == [sent[1].pk]
    row = UserAccessAudit.objects.get(action=Action.SEARCH)
    assert set(row.detail["user_ids"]) == set(sent[1].user_ids)


def test_the_grid_costs_the_same_however_many_pairs_there_are(client, matchmaker, in_review, eligible, propose):
    client.force_login(matchmaker)
    counts = []
    for more in (2, 20):
        for _each in range(more):
            propose(eligible(), eligible(), status="introduced", introduced_at=timezone.now())
        with domain_queries() as queries:
            client.get(page_of(in_review))
        counts.append(len(queries))
    assert counts == [6, 6]


def test_the_grid_is_for_whoever_sees_rounds(client, reviewer, in_review):
    client.force_login(reviewer)
    assert client.get(page_of(in_review)).status_code == 403
