import numpy as np
import pytest

from matching.evaluation.quality import auc, brier, reliability


@pytest.mark.parametrize(
    ("scores", "outcomes", "expected"),
    [
        ([0.1, 0.2, 0.8, 0.9], [False, False, True, True], 1),
        ([0.9, 0.8, 0.2, 0.1], [False, False, True, True], 0),
        ([0.5, 0.5, 0.5], [True, False, False], 0.5),
        ([0.1, 0.4, 0.35, 0.8], [False, False, True, True], 0.75),
    ],
)
def test_auc(scores, outcomes, expected):
    assert auc(np.array(scores), np.array(outcomes)) == pytest.approx(expected)


@pytest.mark.parametrize("outcomes", [[], [True, True], [False]])
def test_auc_wants_both_outcomes(outcomes):
    assert auc(np.arange(len(outcomes)) / 10, np.array(outcomes, dtype=bool)) is None


def test_auc_counts_every_two_of_different_outcome():
    rng = np.random.default_rng(1)
    scores, outcomes = rng.integers(0, 8, 200) / 8, rng.random(200) < 0.3
    above = scores[outcomes][:, np.newaxis] - scores[~outcomes]
    assert auc(scores, outcomes) == pytest.approx(((above > 0) + (above == 0) / 2).mean())


def test_brier():
    assert brier(np.array([1.0, 0.5, 0.0]), np.array([True, True, True])) == pytest.approx(1.25 / 3)
    assert brier(np.array([]), np.array([], dtype=bool)) is None


def test_reliability_puts_equally_many_in_each_bin():
    predicted, outcomes = np.array([0.9, 0.1, 0.2, 0.8]), np.array([True, False, True, True])
    low, high = reliability(predicted, outcomes, bins=2)
    assert (low.count, low.predicted, low.actual) == (2, pytest.approx(0.15), 0.5)
    assert (high.count, high.predicted, high.actual) == (2, pytest.approx(0.85), 1)


def test_reliability_of_fewer_than_bins():
    assert len(reliability(np.array([0.3]), np.array([True]))) == 1
    assert reliability(np.array([]), np.array([], dtype=bool)) == []
