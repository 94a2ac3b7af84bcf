"""Small random markets, with all that makes an assignment difficult."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.assignment import assign, pair_values
from matching.engine.edges import Edges


class Market(NamedTuple):
    edges: Edges
    quota_a: NDArray[np.int32]
    quota_b: NDArray[np.int32]
    wait_a: NDArray[np.float64]
    wait_b: NDArray[np.float64]
    pinned: NDArray[np.bool_]
    previous: NDArray[np.bool_]
    fairness: float = 0.1

    def assign(self, **changed: Any) -> NDArray[np.bool_]:
        return assign(**(self._asdict() | changed))

    def values(self) -> NDArray[np.float64]:
        return pair_values(self.edges, self.wait_a, self.wait_b, self.fairness)

    def total(self, chosen: NDArray[np.bool_]) -> float:
        return float(self.values()[chosen].sum())

    def taken(self, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return (
            np.bincount(self.edges.a[chosen], minlength=len(self.quota_a)),
            np.bincount(self.edges.b[chosen], minlength=len(self.quota_b)),
        )


def market_of(pairs: dict[tuple[int, int], float], **given: Any) -> Market:
    """Return a market of the pairs that are given with their scores; quotas of one and no waiting where not given."""
    keys = sorted(pairs)
    a = np.array([key[0] for key in keys], dtype=np.int32)
    b = np.array([key[1] for key in keys], dtype=np.int32)
    men, women = a.max(initial=-1) + 1, b.max(initial=-1) + 1
    return Market(
        edges=Edges(a, b, np.array([pairs[key] for key in keys], dtype=np.float64)),
        quota_a=np.array(given.pop("quota_a", [1] * men), dtype=np.int32),
        quota_b=np.array(given.pop("quota_b", [1] * women), dtype=np.int32),
        wait_a=np.array(given.pop("wait_a", [0.0] * men)),
        wait_b=np.array(given.pop("wait_b", [0.0] * women)),
        pinned=np.array([key in given.get("pinned", ()) for key in keys], dtype=bool),
        previous=np.array([key in given.get("previous", ()) for key in keys], dtype=bool),
        fairness=given.get("fairness", 0.1),
    )


def random_market(seed: int, *, most: int = 30, most_quota: int = 3) -> Market:
    """Return a market of up to so many members a side: missing pairs, pins within the quotas, ties in every third."""
    rng = np.random.default_rng(seed)
    men, women = rng.integers(1, most + 1, 2)
    a, b = np.nonzero(rng.random((men, women)) < rng.uniform(0.05, 1))
    score = rng.random(len(a)) if seed % 3 else rng.integers(1, 5, len(a)) / 4
    quota_a, quota_b = (rng.integers(0, most_quota + 1, n).astype(np.int32) for n in (men, women))
    wait_a, wait_b = (rng.random(n) if seed % 3 else rng.integers(0, 3, n) / 2 for n in (men, women))
    edges = Edges(a.astype(np.int32), b.astype(np.int32), score)
    market = Market(edges, quota_a, quota_b, wait_a, wait_b, np.zeros(len(a), bool), rng.random(len(a)) < 0.3)
    return market._replace(pinned=_some_pins(market, rng), fairness=rng.choice([0, 0.1, 1]))


def _some_pins(market: Market, rng: np.random.Generator) -> NDArray[np.bool_]:
    left_a, left_b = market.quota_a.copy(), market.quota_b.copy()
    pinned = np.zeros(len(market.pinned), dtype=bool)
    for edge in rng.permutation(len(pinned))[: len(pinned) // 20]:
        a, b = market.edges.a[edge], market.edges.b[edge]
        if left_a[a] and left_b[b]:
            pinned[edge] = True
            left_a[a] -= 1
            left_b[b] -= 1
    return pinned
