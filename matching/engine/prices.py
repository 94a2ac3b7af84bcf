"""What a place with each woman is worth, and the bound that follows: a proof of how good an assignment is.

Linear programming duality for the assignment (Shapley and Shubik 1971, "The assignment game I: the core"; the bound for
any prices is the Lagrangian relaxation of the women's quotas, Geoffrion 1974). Let each man take the best partners that
he can at the women's prices, as if nobody else wanted them: what he has left, and the prices of all places together,
come to at least the value of any assignment. At the right prices they come to exactly the best one.
"""

import numpy as np
from numpy.typing import NDArray

from .baselines import best_first, place_in_group
from .edges import Edges, Mask

Quanta = NDArray[np.int64]


def prices_of_women(
    edges: Edges, gain: Quanta, chosen: Mask, *, quota_a: NDArray[np.int32], quota_b: NDArray[np.int32]
) -> Quanta:
    """Return the price of a place with each woman, at which `chosen` is the best, `int64[women]` in quanta.

    `chosen` must be the best assignment of these edges for these gains, and none of it pinned. The prices are distances
    in the residual network, by Bellman's and Ford's method; it takes some hundreds of rounds over the edges.
    """
    network = _Residual(edges, gain, chosen, quota_a, quota_b)
    while network.relax():
        pass
    return np.maximum(network.hub - network.women, 0)


def price_bound(
    edges: Edges, gain: Quanta, prices: Quanta, *, quota_a: NDArray[np.int32], quota_b: NDArray[np.int32]
) -> int:
    """Return, in quanta, what no assignment of these edges exceeds, by the prices of a place with each woman."""
    left = np.maximum(gain - prices[edges.b], 0)
    ids = best_first(edges.a, left)
    men = edges.a[ids]
    best = left[ids[place_in_group(men) < quota_a[men]]]
    return int(best.sum() + (prices * quota_b).sum())


class _Residual:
    """Distances, in quanta lost, from anywhere to each man, each woman and the hub that stands for staying out.

    A pair that is not chosen leads from the man to the woman, a chosen one back; the hub leads to whoever could stay
    out more often, and is reached from whoever could less. There is no way round that gains, since `chosen` is best.
    """

    def __init__(
        self, edges: Edges, gain: Quanta, chosen: Mask, quota_a: NDArray[np.int32], quota_b: NDArray[np.int32]
    ) -> None:
        self.men, self.women, self.hub = np.zeros(len(quota_a), np.int64), np.zeros(len(quota_b), np.int64), 0
        self.back, self.back_gain = edges.where(chosen), gain[chosen]
        others = np.flatnonzero(~chosen)
        others = others[np.argsort(edges.b[others], kind="stable")]
        self.man, self.gain = edges.a[others], gain[others]
        self.first = np.flatnonzero(np.diff(edges.b[others], prepend=-1))
        self.woman = edges.b[others[self.first]]
        used_a = np.bincount(self.back.a, minlength=len(quota_a))
        used_b = np.bincount(self.back.b, minlength=len(quota_b))
        self.spare_a, self.used_a = used_a < quota_a, used_a > 0
        self.spare_b, self.used_b = used_b < quota_b, used_b > 0

    def relax(self) -> bool:
        """Shorten every distance that one step more shortens, and tell whether there was any."""
        before = self.hub, self.men.sum(), self.women.sum()
        self.hub = min(
            self.hub, int(self.men[self.used_a].min(initial=0)), int(self.women[self.spare_b].min(initial=0))
        )
        self.men[self.spare_a] = np.minimum(self.men[self.spare_a], self.hub)
        self.women[self.used_b] = np.minimum(self.women[self.used_b], self.hub)
        if len(self.first):
            nearest = np.minimum.reduceat(self.men[self.man] - self.gain, self.first)
            self.women[self.woman] = np.minimum(self.women[self.woman], nearest)
        np.minimum.at(self.men, self.back.a, self.women[self.back.b] + self.back_gain)
        return (self.hub, self.men.sum(), self.women.sum()) != before
