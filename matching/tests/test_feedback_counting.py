"""What feedback adds to the answers from which the engine learns."""

import pytest
from django.utils import timezone

from matching.feedback.counting import WEIGHT, feedback_counts, liking
from matching.models import MatchFeedback

from .introducing import days_ago, introduced

pytestmark = pytest.mark.django_db


@pytest.fixture
def met(make_member):
    return introduced(make_member, status="met", introduced_at=days_ago(9), met_at=days_ago(2))


@pytest.mark.parametrize(
    ("rating", "wants", "expected"),
    [(1, None, 0), (3, None, 0.5), (5, None, 1), (1, True, 1), (5, False, 0), (9, None, 1)],
)
def test_how_much_somebody_liked_a_partner(rating, wants, expected):
    assert liking(rating, wants) == expected


def test_it_counts_for_the_giver_and_about_the_partner(met, matchmaker):
    MatchFeedback.give(met, by=matchmaker, user_id=met.user_a_id, rating=4)
    counts = feedback_counts(timezone.now())
    assert counts[met.user_a_id].gave == (WEIGHT * 0.75, WEIGHT)
    assert counts[met.user_a_id].got == (0, 0)
    assert counts[met.user_b_id].got == (WEIGHT * 0.75, WEIGHT)
    assert counts[met.user_b_id].gave == (0, 0)


def test_only_what_was_said_until_then(met, matchmaker):
    MatchFeedback.give(met, by=matchmaker, user_id=met.user_a_id, rating=4)
    assert feedback_counts(days_ago(1)) == {}


def test_deleted_and_unfounded_feedback_counts_for_nothing(met, matchmaker, manager):
    first = MatchFeedback.give(met, by=matchmaker, user_id=met.user_a_id, rating=1, is_incident=True)
    second = MatchFeedback.give(met, by=matchmaker, user_id=met.user_b_id, rating=5)
    first.decide("unfounded", by=manager, reason="x")
    second.soft_delete(by=matchmaker)
    assert feedback_counts(timezone.now()) == {}


def test_of_a_few_members(met, make_member, matchmaker):
    other = introduced(make_member, status="met", introduced_at=days_ago(9), met_at=days_ago(2))
    for pair in (met, other):
        MatchFeedback.give(pair, by=matchmaker, user_id=pair.user_a_id, rating=4)
    counts = feedback_counts(timezone.now(), [met.user_b_id])
    assert set(counts) == {met.user_b_id}
