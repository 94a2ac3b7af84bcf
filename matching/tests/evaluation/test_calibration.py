import numpy as np
import pytest

from matching.evaluation.calibration import Calibration


def test_a_known_curve_is_found_again():
    rng = np.random.default_rng(1)
    scores = rng.random(100_000)
    outcomes = rng.random(len(scores)) < Calibration(-3, 4).probabilities(scores)
    found = Calibration.fit(scores, outcomes)
    assert found.intercept == pytest.approx(-3, abs=0.1)
    assert found.slope == pytest.approx(4, abs=0.15)


def test_probabilities_add_up_to_what_happened():
    rng = np.random.default_rng(2)
    scores, outcomes = rng.random(2000), rng.random(2000) < 0.15
    assert Calibration.fit(scores, outcomes).probabilities(scores).sum() == pytest.approx(outcomes.sum(), rel=0.01)


@pytest.mark.parametrize(
    ("scores", "outcomes"),
    [
        ([0.5], [True]),
        ([0.5] * 9, [True] + [False] * 8),
        ([0.1, 0.2, 0.8], [False, False, True]),
        ([0.1, 0.9], [True] * 2),
    ],
)
def test_few_or_separated_outcomes_give_no_certainty(scores, outcomes):
    predicted = Calibration.fit(np.array(scores), np.array(outcomes)).probabilities(np.array([0.0, 0.5, 1.0]))
    assert np.isfinite(predicted).all()
    assert ((predicted > 0) & (predicted < 1)).all()


def test_nothing_to_learn_from():
    with pytest.raises(ValueError, match="nothing to learn"):
        Calibration.fit(np.array([]), np.array([], dtype=bool))
