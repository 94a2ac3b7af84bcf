"""Which of the possible pairs a round proposes: the exact best under both sides' quotas.

Maximises `Σ score(a, b) + λ · (wait(a) + wait(b))` over sets of pairs in which nobody exceeds the quota and each pair
is chosen at most once; whoever stays out costs nothing. This is a bipartite b-matching of maximum weight, solved as a
minimum-cost flow by cost scaling (Goldberg 1997, "An efficient implementation of a scaling minimum-cost flow
algorithm"; OR-tools' `SimpleMinCostFlow`). A flow of integer capacities has an integer optimum, so nothing is rounded
afterwards.

Costs are integers: the worth of a pair is counted in quanta of a millionth. The result is exactly the best for these
rounded worths, and so within half a quantum for each pair chosen, here and in the true optimum, of the best for
the unrounded ones. Two sets whose worths are equal in quanta are tied: then the one with more of the `previous`
pairs is better. What is tied even so, the solver decides by the order of the pairs; it draws no random numbers and
runs in one thread, so the same input gives the same pairs.
"""

import numpy as np
from numpy.typing import NDArray

from .edges import Edges, Mask
from .flow import Bids, Waiting, best_flow

QUANTUM = 1e-6
"""What a unit of cost stands for, in units of the score. Finer than any difference of scores that means something."""


class PinsExceedQuotaError(ValueError):
    """More pairs are pinned than a member's quota allows.

    `men` and `women` are the positions of those whom it concerns.
    """

    def __init__(self, men: NDArray[np.intp], women: NDArray[np.intp]) -> None:
        super().__init__(f"more pins than the quota allows, for men {men.tolist()} and women {women.tolist()}")
        self.men = men
        self.women = women


def assign(
    edges: Edges,
    *,
    quota_a: NDArray[np.int32],
    quota_b: NDArray[np.int32],
    wait_a: NDArray[np.float64],
    wait_b: NDArray[np.float64],
    fairness: float,
    pinned: Mask,
    previous: Mask,
    waiting: Waiting = lambda: None,
) -> Mask:
    """Return which edges are chosen, `bool[m]`; `waiting` is called meanwhile, and may raise.

    Waits are in [0, 1] (`waiting.worth_of_waiting`). Pinned edges are chosen whatever they are worth, and use up quota
    first; raises `PinsExceedQuotaError` where it does not suffice. Takes about a second for a million edges.
    """
    left_a, left_b = _left_by_pins(edges, quota_a, quota_b, pinned)
    worth = _with_ties(quanta(pair_values(edges, wait_a, wait_b, fairness)), previous & ~pinned)
    bids = ~pinned & (worth > 0) & (left_a[edges.a] > 0) & (left_b[edges.b] > 0)
    chosen = pinned.copy()
    if bids.any():
        chosen[bids] = best_flow(Bids(edges.a[bids], edges.b[bids], worth[bids], left_a, left_b), waiting)
    return chosen


def pair_values(
    edges: Edges, wait_a: NDArray[np.float64], wait_b: NDArray[np.float64], fairness: float
) -> NDArray[np.float64]:
    """Return what each edge adds to the objective, `float64[m]`: `score + λ · (wait(a) + wait(b))`."""
    return edges.score + fairness * (wait_a[edges.a] + wait_b[edges.b])


def quanta(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the values in whole quanta, to the nearest."""
    return np.rint(values / QUANTUM).astype(np.int64)


def _left_by_pins(
    edges: Edges, quota_a: NDArray[np.int32], quota_b: NDArray[np.int32], pinned: Mask
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    left_a = quota_a - np.bincount(edges.a[pinned], minlength=len(quota_a))
    left_b = quota_b - np.bincount(edges.b[pinned], minlength=len(quota_b))
    if (left_a < 0).any() or (left_b < 0).any():
        raise PinsExceedQuotaError(np.flatnonzero(left_a < 0), np.flatnonzero(left_b < 0))
    return left_a, left_b


def _with_ties(gain: NDArray[np.int64], previous: Mask) -> NDArray[np.int64]:
    """Add one unit for each pair of before, after making a quantum larger than all of them together.

    A worth is at most three (a score and two waits of at most one), so its gain has 22 bits; the solver has fewer
    than 2^31 arcs: this cannot overflow. The solver multiplies by the number of members and refuses what would.
    """
    return gain * (np.count_nonzero(previous) + 1) + previous
