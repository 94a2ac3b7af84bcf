"""Seeded randomness: independent streams by path, and weighted tables."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(seed: int, *path: str | int) -> Random:
    """Return a generator that depends on the seed and the path alone; about 10 µs to make.

    Every member, round and drawing has a stream of its own, so the order in which blocks are made changes nothing.
    """
    return Random(":".join(map(str, (seed, *path))))


def happens(share: float, rng: Random) -> bool:
    """Decide on something that happens in this share of cases."""
    return rng.random() < share


class Weighted(Generic[T]):
    """Values with relative weights; a draw costs one random number and a bisection."""

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = tuple(weighted)
        self.values = tuple(value for value, _weight in pairs)
        self._bounds = tuple(accumulate(weight for _value, weight in pairs))

    def draw(self, rng: Random) -> T:
        return self.at(rng.random())

    def at(self, share: float) -> T:
        """Return the value at `share` (0 to 1) of the total weight."""
        place = bisect_right(self._bounds, share * self._bounds[-1])
        return self.values[min(place, len(self.values) - 1)]


def popular_first(values: Iterable[T], steepness: float = 0.7) -> Weighted[T]:
    """Weigh values by their rank, the first the most (a Zipf-like tail)."""
    return Weighted((value, 1 / (rank + 3) ** steepness) for rank, value in enumerate(values))


def sigmoid(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


def some_of(rng: Random, values: tuple[T, ...], count: int) -> list[T]:
    """Return up to `count` distinct values, in the table's order."""
    chosen = sorted(rng.sample(range(len(values)), min(count, len(values))))
    return [values[place] for place in chosen]
