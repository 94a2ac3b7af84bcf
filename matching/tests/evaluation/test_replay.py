from datetime import timedelta

import pytest

from matching.evaluation.past_rounds import PastPair, read_round, weeks_to_replay
from matching.evaluation.replay import replay
from matching.models import MatchHistory


@pytest.mark.parametrize(
    ("his", "hers", "mutual"),
    [
        ("accepted", "accepted", True),
        ("accepted", "declined", False),
        ("no_answer", "accepted", False),
        ("declined", "pending", False),
        ("accepted", "pending", None),
        ("pending", "pending", None),
    ],
)
def test_what_became_of_an_introduction(past_week, past_pair, couples, his, hers, mutual):
    week = past_week(10)
    past_pair(week, *couples[0], his, hers)
    (pair,) = read_round(week).pairs
    assert pair.mutual is mutual
    assert pair.known_at == (None if mutual is None else week.published_at + timedelta(days=2))


def test_an_answer_without_a_time_was_known_when_the_introduction_was_closed():
    row = ("usr_1", "usr_2", "accepted", "no_answer", "monday", None, "friday", "sunday")
    assert PastPair.of(row) == PastPair("usr_1", "usr_2", False, "friday", "sunday")


def test_rounds_that_took_place_oldest_first(past_week):
    weeks = [past_week(number) for number in (12, 10, 11)]
    past_week(13, status="review")
    assert weeks_to_replay(None) == [weeks[1], weeks[2], weeks[0]]
    assert weeks_to_replay(2) == [weeks[2], weeks[0]]


def test_a_round_without_introductions_is_passed_over(past_week, past_pair, couples):
    week = past_week(10)
    dropped = past_pair(week, *couples[0], "pending", "pending")
    MatchHistory.objects.filter(pk=dropped.pk).update(status="proposed", introduced_at=None)
    assert read_round(week) is None


def test_only_what_was_known_before_a_round_moves_its_scores(past_week, past_pair, couples):
    early, late = past_week(10), past_week(11)
    (him, her), (other_him, other_her), *_rest = couples
    past_pair(early, him, other_her, "declined", "declined", after=9)
    past_pair(late, him, her, "accepted", "accepted")
    unmoved = replay(read_round(late))
    assert unmoved.scores.tolist() == unmoved.scores_without_answers.tolist()
    past_pair(early, other_him, her, "accepted", "declined", after=3)
    moved = replay(read_round(late))
    assert moved.scores.tolist() != moved.scores_without_answers.tolist()


def test_other_rounds_are_of_the_same_members_who_have_not_met(past_week, past_pair, couples):
    early, late = past_week(10), past_week(11)
    for him, her in couples[:2]:
        past_pair(early, him, her, "declined", "declined")
    past_pair(late, couples[0][0], couples[1][1], "accepted", "accepted")
    past_pair(late, couples[1][0], couples[0][1], "accepted", "accepted")
    found = replay(read_round(late))
    assert set(found.choices) == {"engine", "greedy", "random"}
    assert all(len(scores) == 2 for scores in found.choices.values())


def test_members_who_were_deleted_since_still_count(past_week, past_pair, couples, superuser):
    week = past_week(10)
    past_pair(week, *couples[0], "accepted", "accepted")
    couples[0][0].delete()
    assert len(replay(read_round(week)).scores) == 1
