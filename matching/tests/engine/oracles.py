"""SciPy's answers to the same question, by three other algorithms."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from .markets import Market


def by_dense_assignment(market: Market) -> float:
    """Return the best total of a market with quotas of at most one (Jonker and Volgenant, over the full matrix)."""
    worth = _dense(market)
    return float(worth[linear_sum_assignment(worth, maximize=True)].sum())


def by_sparse_assignment(market: Market) -> float:
    """Return the same by LAPJVsp, which wants everybody matched: so each man has a partner who stands for nobody.

    One is added to all weights, as the sparse matrix takes a zero for a missing pair.
    """
    a, b, values = market.edges.a, market.edges.b, np.maximum(market.values(), 0)
    men, women = len(market.quota_a), len(market.quota_b)
    able = (market.quota_a[a] > 0) & (market.quota_b[b] > 0)
    alone = np.arange(men)
    weights = csr_array(
        (
            np.concatenate([values[able] + 1, np.ones(men)]),
            (np.concatenate([a[able], alone]), np.concatenate([b[able], women + alone])),
        ),
        shape=(men, women + men),
    )
    rows, columns = min_weight_full_bipartite_matching(weights, maximize=True)
    return float(weights[rows, columns].sum() - men)


def by_integer_programme(market: Market) -> float:
    """Return the best total under any quotas, with the pins chosen (HiGHS)."""
    return -float(_solve(-market.values(), market).fun)


def most_kept(market: Market, quanta: NDArray[np.int64]) -> int:
    """Return how many previous pairs the best of all optima keeps, by two programmes after each other."""
    best = -_solve(-quanta.astype(float), market).fun
    is_best = LinearConstraint(quanta[np.newaxis].astype(float), best - 0.5, np.inf)
    return round(-_solve(-market.previous.astype(float), market, is_best).fun)


def _dense(market: Market) -> NDArray[np.float64]:
    worth = np.zeros((len(market.quota_a), len(market.quota_b)))
    worth[market.edges.a, market.edges.b] = market.values()
    return worth * (market.quota_a[:, np.newaxis] > 0) * (market.quota_b > 0)


def _solve(cost: NDArray[np.float64], market: Market, *more: LinearConstraint):
    edges, ones, ids = market.edges, np.ones(len(cost)), np.arange(len(cost))
    degrees = vstack(
        [
            csr_array((ones, (edges.a, ids)), shape=(len(market.quota_a), len(cost))),
            csr_array((ones, (edges.b, ids)), shape=(len(market.quota_b), len(cost))),
        ]
    )
    quotas = LinearConstraint(degrees, ub=np.concatenate([market.quota_a, market.quota_b]))
    bounds = Bounds(market.pinned.astype(float), 1)
    found = milp(cost, integrality=ones, bounds=bounds, constraints=[quotas, *more], options={"mip_rel_gap": 0})
    assert found.success, found.message
    return found
