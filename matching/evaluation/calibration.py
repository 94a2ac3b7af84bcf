"""From a score to the probability that both accept.

Platt's scaling (1999, "Probabilistic outputs for support vector machines and comparisons to regularized likelihood
methods"): a logistic curve through the scores and outcomes of earlier introductions. The targets are drawn in a little
from 0 and 1, as he does, so that the fit exists however few they are or however well they separate.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .quality import Outcomes, Probabilities

STEPS = 50
CONVERGED = 1e-10
RIDGE = 1e-6
"""Keeps the curvature above 0 where all scores are equal."""


@dataclass(frozen=True)
class Calibration:
    intercept: float
    slope: float

    @classmethod
    def fit(cls, scores: NDArray[np.float64], outcomes: Outcomes) -> Self:
        """Return the curve of the highest likelihood, by Newton's method; raises ValueError without any outcome."""
        if not len(outcomes):
            raise ValueError("There is nothing to learn from.")
        features = np.stack([np.ones_like(scores), scores])
        targets, weights = _targets(outcomes), np.zeros(2)
        for _step in range(STEPS):
            predicted = _sigmoid(weights @ features)
            slope = features @ (targets - predicted) - RIDGE * weights
            curvature = (features * (predicted * (1 - predicted))) @ features.T + RIDGE * np.eye(2)
            change = np.linalg.solve(curvature, slope)
            weights += change
            if np.abs(change).max() < CONVERGED:
                break
        return cls(float(weights[0]), float(weights[1]))

    def probabilities(self, scores: NDArray[np.float64]) -> Probabilities:
        return _sigmoid(self.intercept + self.slope * scores)


def _targets(outcomes: Outcomes) -> NDArray[np.float64]:
    hits = outcomes.sum()
    targets: NDArray[np.float64] = np.where(outcomes, (hits + 1) / (hits + 2), 1 / (len(outcomes) - hits + 2))
    return targets


def _sigmoid(log_odds: NDArray[np.float64]) -> Probabilities:
    probabilities: Probabilities = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return probabilities
