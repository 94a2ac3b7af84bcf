"""The list of rounds."""

import pytest
from django.urls import reverse

from matching.models import MatchWeek, WeekStatus
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

LIST = reverse("matching:weeks")


def test_the_latest_round_comes_first_with_its_next_step(client, matchmaker, week):
    MatchWeek.open(by=None, iso_year=2025, iso_week=3)
    client.force_login(matchmaker)
    rows = client.get(LIST).context["page"].rows
    assert [str(row["week"]) for row in rows] == [str(week), "2025-W03"]
    assert str(rows[0]["next"]) == "엔진 실행"


def test_what_became_of_a_round_is_counted(client, matchmaker, in_review, pairs):
    first, second, third = pairs
    for pair, answers in ((first, ("accepted", "accepted")), (second, ("accepted", "declined"))):
        pair.introduced_at = in_review.created_at
        pair.a_response, pair.b_response = answers
        pair.save()
    third.delete()
    client.force_login(matchmaker)
    row = client.get(LIST).context["page"].rows[0]
    assert (row["outcome"].pairs, row["outcome"].mutual_rate) == (2, 0.5)


def test_a_closed_rounds_summary_says_it_without_counting(client, matchmaker, week):
    week.status = WeekStatus.CLOSED
    week.summary = {"pairs": 7, "mutual_accept_rate": 0.25, "coverage": {"male": 0.4, "female": None}}
    week.save()
    client.force_login(matchmaker)
    row = client.get(LIST).context["page"].rows[0]
    assert (row["outcome"].pairs, row["outcome"].mutual_rate, row["coverage"]) == (7, 0.25, [("남성", 0.4)])


def test_rounds_come_a_page_at_a_time(client, matchmaker):
    for number in range(1, 31):
        MatchWeek.open(by=None, iso_year=2025, iso_week=number)
    client.force_login(matchmaker)
    first = client.get(LIST)
    second = client.get(first.context["page"].next_url)
    shown = [str(row["week"]) for answer in (first, second) for row in answer.context["page"].rows]
    assert shown == [f"2025-W{number:02}" for number in range(30, 0, -1)]


def test_the_list_costs_the_same_however_many_rounds_there_are(client, matchmaker):
    client.force_login(matchmaker)
    counts = []
    for numbers in (range(1, 3), range(3, 20)):
        for number in numbers:
            MatchWeek.open(by=None, iso_year=2025, iso_week=number)
        with domain_queries() as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts == [4, 4]


def test_who_may_see_no_rounds_is_told_so(client, auditor, reviewer):
    for person in (auditor, reviewer):
        client.force_login(person)
        assert client.get(LIST).status_code == 403
    assert client.post(LIST).status_code == 405
