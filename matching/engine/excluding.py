"""Pairs that may not come about, whatever they score."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .market import Market
from .results import Pair


@dataclass(frozen=True, eq=False)
class Excluded:
    """Positions of men and women, parallel and sorted by (a, b)."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]

    @classmethod
    def of(cls, market: Market, pairs: Iterable[Pair]) -> Self:
        """Take pairs of ids in either order; who is not in the market has nobody to be kept from."""
        men, women = market.men.position, market.women.position
        found = {(men[x], women[y]) for pair in pairs for x, y in (pair, pair[::-1]) if x in men and y in women}
        positions = np.array(sorted(found), np.int32).reshape(-1, 2)
        return cls(positions[:, 0].copy(), positions[:, 1].copy())

    def within(self, men: slice, women: slice) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the pairs of a block, as its rows and columns."""
        first, last = np.searchsorted(self.a, (men.start, men.stop))
        a, b = self.a[first:last], self.b[first:last]
        inside = (b >= women.start) & (b < women.stop)
        return a[inside] - men.start, b[inside] - women.start
