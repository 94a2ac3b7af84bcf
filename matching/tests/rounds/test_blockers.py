"""What stands between a round and its next step."""

import pytest
from django.utils import timezone

from matching.models import MatchWeek
from matching.rounds.blockers import blockers_of

pytestmark = pytest.mark.django_db


def in_status(week, status):
    MatchWeek.objects.update(status=status)
    week.refresh_from_db()
    return week


def test_a_draft_is_run_once_there_is_a_member(week, eligible):
    assert len(blockers_of(week)) == 1
    eligible()
    assert blockers_of(week) == []


def test_a_round_in_review_is_published_once_a_pair_is_confirmed(week, proposed, matchmaker):
    assert len(blockers_of(in_status(week, "review"))) == 1
    proposed.confirm(by=matchmaker)
    assert blockers_of(week) == []


def test_a_published_round_is_closed_once_nobody_has_time_to_answer(week, propose, couple):
    pair = propose(*couple, status="introduced", introduced_at=timezone.now())
    assert "1" in blockers_of(in_status(week, "published"))[0]
    pair.answer(by=None, side_of=pair.user_a_id, response="declined")
    assert blockers_of(week) == []


def test_whatever_it_is_a_job_comes_first(week, eligible, matchmaker):
    eligible()
    week.run(by=matchmaker)
    assert len(blockers_of(week)) == 1


@pytest.mark.parametrize("status", ["closed", "of a newer version"])
def test_there_is_nothing_left_to_do(week, status):
    assert blockers_of(in_status(week, status)) == []
