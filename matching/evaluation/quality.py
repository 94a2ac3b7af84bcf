"""How good predictions are of what did, or did not, happen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.float64]
Outcomes = NDArray[np.bool_]

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Predictions that lie near each other: how many, their mean, and the share of them that came true."""

    count: int
    predicted: float
    actual: float


def auc(scores: NDArray[np.float64], outcomes: Outcomes) -> float | None:
    """Return how often what came true was scored higher than what did not, ties counting half; None without either.

    The area under the ROC curve by the rank sum (Hanley and McNeil 1982; Mann and Whitney 1947).
    """
    hits = int(outcomes.sum())
    misses = len(outcomes) - hits
    if not hits or not misses:
        return None
    _, group, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[group]
    return float((ranks[outcomes].sum() - hits * (hits + 1) / 2) / (hits * misses))


def brier(predicted: Probabilities, outcomes: Outcomes) -> float | None:
    """Return the mean squared error of the probabilities (Brier 1950): 0 is perfect, always a half gives 0.25."""
    return float(((predicted - outcomes) ** 2).mean()) if len(outcomes) else None


def reliability(predicted: Probabilities, outcomes: Outcomes, bins: int = BINS) -> list[Bin]:
    """Return bins of equally many predictions, the lowest first, for the reliability diagram.

    As many in each, not as wide: few introductions have a high probability, and a bin of three says nothing. (Bröcker
    and Smith 2007, "Increasing the reliability of reliability diagrams".)
    """
    order = np.argsort(predicted, kind="stable")
    parts = (part for part in np.array_split(order, bins) if len(part))
    return [Bin(len(part), float(predicted[part].mean()), float(outcomes[part].mean())) for part in parts]
