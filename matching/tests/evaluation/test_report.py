from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from matching.evaluation.past_rounds import PastPair
from matching.evaluation.replay import Replayed
from matching.evaluation.report import LEAST_OUTCOMES, evaluate

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


def replayed(number, scores, outcomes, *, answered_after=3.0):
    as_of = BEGIN + timedelta(weeks=number)
    known_at = as_of + timedelta(days=answered_after)
    pairs = [PastPair("a", "b", mutual, None if mutual is None else known_at, as_of) for mutual in outcomes]
    scores = np.array(scores, float)
    return Replayed(str(number), as_of, pairs, scores, np.full(len(scores), 0.5), {"engine": scores + 0.1})


def drawn(number, seed, pairs=400):
    rng = np.random.default_rng(seed)
    scores = rng.random(pairs)
    return replayed(number, scores, (rng.random(pairs) < scores / 2).tolist())


def test_early_rounds_are_learned_from_and_the_others_foretold():
    found = evaluate([drawn(number, number) for number in range(5)])
    assert (found.learned_from, found.rounds, found.introductions) == (1, 4, 1600)
    assert found.expected["introduced"] == pytest.approx(found.actual, rel=0.15)
    assert found.auc > 0.65
    assert found.auc_without_answers == 0.5
    assert found.brier < found.brier_of_mean
    assert [line.label for line in found.by_round] == ["1", "2", "3", "4"]


def test_better_pairs_are_expected_to_come_to_more():
    found = evaluate([drawn(number, number) for number in range(3)])
    assert found.pairs["engine"] == found.pairs["introduced"]
    assert found.expected["engine"] > found.expected["introduced"]


def test_what_came_later_is_not_known():
    first, second = drawn(0, 1), drawn(1, 2)
    expected = evaluate([first, second]).by_round[0].expected
    assert evaluate([first, second, drawn(2, 3)]).by_round[0].expected == expected
    turned = replayed(1, second.scores, [not pair.mutual for pair in second.pairs])
    assert evaluate([first, turned]).by_round[0].expected == expected


def test_answers_that_came_after_a_round_began_are_not_learned_from():
    scores, outcomes = [0.5] * 100, [True, False] * 50
    late = replayed(0, scores, outcomes, answered_after=8)
    assert evaluate([late, replayed(1, scores, outcomes)]).rounds == 0
    assert evaluate([late, replayed(2, scores, outcomes)]).rounds == 1


def test_open_introductions_are_not_judged():
    first = drawn(0, 1)
    found = evaluate([first, replayed(1, [0.5, 0.5, 0.5], [True, None, False])])
    assert (found.introductions, found.open, found.actual) == (2, 1, 1)


@pytest.mark.parametrize("rounds", [[], [drawn(0, 1)], [drawn(0, 1, LEAST_OUTCOMES - 1), drawn(1, 2)]])
def test_too_little_to_judge(rounds):
    found = evaluate(rounds)
    assert (found.rounds, found.introductions, found.auc, found.brier) == (0, 0, None, None)
