"""What is assigned in a round, and what comes of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .assignment import assign, pair_values
from .edges import Edges, Mask
from .flow import Waiting
from .market import Market


@dataclass(frozen=True, eq=False)
class Contest:
    """The pairs that compete, pins and possible pairs of the last run among them, and which are `chosen`."""

    market: Market
    edges: Edges
    pins: Edges
    previous: Edges
    fairness: float
    chosen: Mask

    @classmethod
    def decide(
        cls, market: Market, candidates: Edges, pins: Edges, previous: Edges, fairness: float, waiting: Waiting
    ) -> Self:
        edges = Edges.union(candidates, pins, previous)
        men, women = market.men, market.women
        chosen = assign(
            edges,
            quota_a=men.quota,
            quota_b=women.quota,
            wait_a=men.wait,
            wait_b=women.wait,
            fairness=fairness,
            pinned=edges.among(pins),
            previous=edges.among(previous),
            waiting=waiting,
        )
        return cls(market, edges, pins, previous, fairness, chosen)

    def with_more(self, candidates: Edges, waiting: Waiting) -> Self:
        """Return the contest of more pairs, decided anew."""
        edges = Edges.union(self.edges, candidates)
        return self.decide(self.market, edges, self.pins, self.previous, self.fairness, waiting)

    @cached_property
    def pinned(self) -> Mask:
        return self.edges.among(self.pins)

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """Return what each pair adds to the objective."""
        return pair_values(self.edges, self.market.men.wait, self.market.women.wait, self.fairness)

    @cached_property
    def total(self) -> float:
        return float(self.values[self.chosen].sum())

    @cached_property
    def introductions(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return how many each man, and each woman, is given."""
        edges, men, women = self.edges.where(self.chosen), len(self.market.men), len(self.market.women)
        return np.bincount(edges.a, minlength=men), np.bincount(edges.b, minlength=women)

    @cached_property
    def rest(self) -> "Rest":
        return Rest.of(self)


@dataclass(frozen=True, eq=False)
class Rest:
    """What the pins leave to be decided: pairs of members with quota left. `given` is what the pins are worth."""

    edges: Edges
    values: NDArray[np.float64]
    chosen: Mask
    quota_a: NDArray[np.int32]
    quota_b: NDArray[np.int32]
    given: float

    @classmethod
    def of(cls, contest: Contest) -> Self:
        edges, pinned, market = contest.edges, contest.pinned, contest.market
        used_a = np.bincount(contest.pins.a, minlength=len(market.men))
        used_b = np.bincount(contest.pins.b, minlength=len(market.women))
        quota_a = (market.men.quota - used_a).astype(np.int32)
        quota_b = (market.women.quota - used_b).astype(np.int32)
        is_open = ~pinned & (quota_a[edges.a] > 0) & (quota_b[edges.b] > 0)
        return cls(
            edges=edges.where(is_open),
            values=contest.values[is_open],
            chosen=contest.chosen[is_open],
            quota_a=quota_a,
            quota_b=quota_b,
            given=float(contest.values[pinned].sum()),
        )
