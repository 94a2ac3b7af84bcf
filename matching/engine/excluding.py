"""Pairs that may not come about, whatever they score."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .edges import Edges
from .market import Market
from .results import Pair


@dataclass(frozen=True, eq=False)
class Excluded:
    """Positions of men and women, parallel and sorted by (a, b)."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]

    @classmethod
    def of(cls, market: Market, pairs: Iterable[Pair]) -> Self:
        """Take pairs of ids in either order, any number of times; who is not in the market is left away.

        Years of rounds come to millions of pairs: each takes eight bytes.
        """
        codes = np.unique(np.fromiter(_codes_of_ids(market, pairs), np.int64))
        return cls((codes >> 32).astype(np.int32), codes.astype(np.int32))

    def holds(self, a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Tell which of these pairs are among the excluded ones."""
        return np.isin(_codes(a, b), _codes(self.a, self.b))

    def also(self, pairs: Edges) -> Self:
        """Return these pairs and others."""
        codes = np.union1d(_codes(self.a, self.b), pairs.codes())
        return type(self)((codes >> 32).astype(np.int32), codes.astype(np.int32))

    def part(self, men: NDArray[np.intp], women: NDArray[np.intp]) -> Self:
        """Return the pairs of some members, given by ascending positions, by their positions among these."""
        inside = np.isin(self.a, men) & np.isin(self.b, women)
        a, b = np.searchsorted(men, self.a[inside]), np.searchsorted(women, self.b[inside])
        return type(self)(a.astype(np.int32), b.astype(np.int32))

    def turned(self) -> Self:
        """Return the same pairs with the women as `a`."""
        order = np.lexsort((self.a, self.b))
        return type(self)(self.b[order], self.a[order])

    def partners_of(self, a: int) -> NDArray[np.int32]:
        first, last = np.searchsorted(self.a, (a, a + 1))
        return self.b[first:last]

    def within(self, men: slice, women: slice) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the pairs of a block, as its rows and columns."""
        first, last = np.searchsorted(self.a, (men.start, men.stop))
        a, b = self.a[first:last], self.b[first:last]
        inside = (b >= women.start) & (b < women.stop)
        return a[inside] - men.start, b[inside] - women.start


def _codes_of_ids(market: Market, pairs: Iterable[Pair]) -> Iterator[int]:
    men, women = market.men.position, market.women.position
    for first, second in pairs:
        man, woman = (first, second) if first in men else (second, first)
        if man in men and woman in women:
            yield men[man] << 32 | women[woman]


def _codes(a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.int64]:
    return a.astype(np.int64) << 32 | b
