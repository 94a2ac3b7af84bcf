"""Whom the last run left out, and why."""

import pytest
from django.urls import reverse

from matching.models import LeftOut
from users.models import Action, UserAccessAudit
from ygs_admin.testing.queries import all_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def page_of(week):
    return reverse("matching:week_left_out", args=[week.pk])


@pytest.fixture
def left_out(in_review, eligible):
    reasons = (("outbid", 0.61), ("age", None), ("a new reason", None))
    return [
        LeftOut.objects.create(
            week=in_review,
            user=eligible(name=f"김남은{at}"),
            reason=reason,
            remaining=[["gender", 1200], ["introduced", 1190], ["age", 3 if reason == "outbid" else 0]],
            best_score=best,
        )
        for at, (reason, best) in enumerate(reasons)
    ]


def test_reasons_are_said_in_words_with_the_numbers_that_remained(client, matchmaker, in_review, left_out):
    client.force_login(matchmaker)
    entries = client.get(page_of(in_review)).context["page"].rows
    assert [entry.why[:6] for entry in entries] == ["다른 짝들이", "나이: 한쪽", "a new "]
    assert entries[0].best_score == 61
    assert [count for _condition, count in entries[0].remaining] == [1200, 1190, 3]


def test_a_row_leads_to_the_candidates_of_whoever_is_left_out(client, matchmaker, in_review, left_out):
    client.force_login(matchmaker)
    page = client.get(page_of(in_review))
    assert all(reverse("candidates:list", args=[row.user_id]) in page.text for row in left_out)


def test_they_are_filtered(client, matchmaker, in_review, left_out):
    client.force_login(matchmaker)
    for asked, at in (({"reason": "age"}, 1), ({"q": "남은2"}, 2), ({"reason": "outbid", "gender": "male"}, 0)):
        entries = client.get(page_of(in_review), asked).context["page"].rows
        assert [entry.row.user_id for entry in entries] == [left_out[at].user_id], asked


def test_whom_the_page_showed_is_on_record(client, matchmaker, in_review, left_out):
    client.force_login(matchmaker)
    client.get(page_of(in_review))
    row = UserAccessAudit.objects.get(action=Action.SEARCH)
    assert set(row.detail["user_ids"]) == {entry.user_id for entry in left_out}
    assert row.detail["asked"] == {"week": str(in_review), "list": "left_out"}


def test_the_page_costs_the_same_however_many_there_are(client, matchmaker, in_review, eligible):
    client.force_login(matchmaker)
    client.get(page_of(in_review))
    counts = []
    for more in (2, 20):
        for _each in range(more):
            LeftOut.objects.create(week=in_review, user=eligible(), reason="outbid")
        with all_queries() as queries:
            client.get(page_of(in_review))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_is_for_whoever_sees_rounds(client, reviewer, in_review):
    client.force_login(reviewer)
    assert client.get(page_of(in_review)).status_code == 403
