"""How well two members suit each other, for single pairs and for whole blocks of pairs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .market import Asking, Market

TOLERANCE = 1e-6
"""How far below the floor a score may lie that would be on it but for rounding."""


@dataclass(frozen=True, eq=False)
class PairScores:
    """Parallel arrays; a violated must-have gives a score far below 0, and a mutual score of 0."""

    man_to_woman: NDArray[np.float64]
    woman_to_man: NDArray[np.float64]

    @property
    def mutual(self) -> NDArray[np.float64]:
        """Return the harmonic mean, which one low side pulls down further than any other mean does.

        Reciprocal recommenders have used it since RECON (Pizzato, Rej, Chung, Koprinska and Kay, RecSys 2010), and found
        it to serve well among the means (Neve and Palomares, Aggregation strategies in user-to-user reciprocal
        recommender systems, IEEE SMC 2019).
        """
        least = np.minimum(self.man_to_woman, self.woman_to_man)
        total = np.where(least > 0, self.man_to_woman + self.woman_to_man, 1)
        return np.where(least > 0, 2 * self.man_to_woman * self.woman_to_man / total, 0)

    def reach(self, floor: float) -> NDArray[np.bool_]:
        """Tell which pairs keep every must-have and do not fall below the floor on either side."""
        least = np.minimum(self.man_to_woman, self.woman_to_man)
        return (least >= floor - TOLERANCE) & (least > 0)


def units(asking: Asking, i: NDArray[np.integer], j: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the sums of weighted fits of askers `i` with others `j`: whole numbers, below 0 for a broken must-have."""
    total = asking.askers.base[i].astype(np.int64)
    for table, asks, has in zip(asking.tables, asking.askers.columns, asking.others.columns, strict=True):
        total += table[asks.wish_of[i], has.value_of[j]]
    return total


def directional(asking: Asking, i: NDArray[np.integer], j: NDArray[np.integer]) -> NDArray[np.float64]:
    """Return `p(i→j)`: the preference times both acceptance factors, at most 1."""
    return np.minimum(units(asking, i, j) * asking.askers.scale[i] * asking.others.gets[j], 1)


def score_pairs(market: Market, a: NDArray[np.integer], b: NDArray[np.integer]) -> PairScores:
    return PairScores(directional(market.men_ask, a, b), directional(market.women_ask, b, a))
