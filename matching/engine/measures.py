"""How good a round is: coverage, exposure, waiting, and how far from the best that could be.

All are functions of arrays; members with quota 0 take no part.
"""

import numpy as np
from numpy.typing import NDArray

from .baselines import best_first, place_in_group
from .edges import Edges, Mask

STEPS = 40


def introductions_of(side: NDArray[np.int32], chosen: Mask, members: int) -> NDArray[np.int64]:
    """Return how many of the chosen pairs each member of one side is in, `int64[members]`."""
    return np.bincount(side[chosen], minlength=members)


def coverage(introductions: NDArray[np.int64], quota: NDArray[np.int32]) -> float:
    """Return the share of the members of one side who get at least one introduction; 0 where nobody takes part."""
    takes_part = quota > 0
    return float((introductions[takes_part] > 0).mean()) if takes_part.any() else 0.0


def gini(exposure: NDArray[np.integer] | NDArray[np.floating]) -> float:
    """Return the Gini coefficient of how exposed members are: 0 all alike, towards 1 everything to one of them.

    Half the relative mean absolute difference, by the sorted form `Σ (2i - n - 1) x_i / (n Σ x)` with i from 1.
    """
    n, total = len(exposure), exposure.sum()
    if not total:
        return 0.0
    return float(((2 * np.arange(1, n + 1) - n - 1) * np.sort(exposure)).sum() / (n * total))


def lorenz_curve(exposure: NDArray[np.integer] | NDArray[np.floating]) -> list[float]:
    """Return which share of all exposure the least exposed have together: of 0, 1/STEPS, … of them, and of all.

    Lorenz 1905, "Methods of measuring the concentration of wealth". The straight line where nobody has any.
    """
    steps = np.linspace(0, 1, STEPS + 1)
    n, total = len(exposure), exposure.sum()
    if not total:
        return [float(step) for step in steps]
    shares = np.concatenate([[0.0], np.cumsum(np.sort(exposure)) / total])
    return [float(share) for share in np.interp(steps, np.arange(n + 1) / n, shares)]


def longest_wait(weeks: NDArray[np.float64], introductions: NDArray[np.int64], quota: NDArray[np.int32]) -> float:
    """Return how many weeks the one has waited who has waited longest and is left out again; 0 where nobody is."""
    return float(weeks[(introductions == 0) & (quota > 0)].max(initial=0))


def member_bound(
    edges: Edges, value: NDArray[np.float64], *, quota_a: NDArray[np.int32], quota_b: NDArray[np.int32]
) -> float:
    """Return an upper bound of the objective: every member of one side gets the best partners, whoever else does.

    The smaller of both sides' sums. It holds for all possible pairs, not only for the candidates, since each member's
    best ones are among them. Weak where a few are everybody's favourites.
    """
    return min(_best_sum(edges.a, value, quota_a), _best_sum(edges.b, value, quota_b))


def _best_sum(side: NDArray[np.int32], value: NDArray[np.float64], quota: NDArray[np.int32]) -> float:
    ids = best_first(side, np.maximum(value, 0))
    members = side[ids]
    return float(np.maximum(value, 0)[ids[place_in_group(members) < quota[members]]].sum())
