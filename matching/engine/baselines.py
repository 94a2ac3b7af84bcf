"""What the exact assignment is measured against: greedy, random, and deferred acceptance.

All three take whole waves of pairs at once instead of one pair at a time. Ties go to the earlier edge, so that every
result is determined by its input.
"""

import numpy as np
from numpy.typing import NDArray

from .edges import Edges, Mask

Ids = NDArray[np.intp]
"""Positions in the edges."""


def greedy(edges: Edges, *, value: NDArray[np.float64], quota_a: NDArray[np.int32], quota_b: NDArray[np.int32]) -> Mask:
    """Return what taking the best remaining pair again and again would choose, `bool[m]`.

    In each wave all pairs are taken that are among the best remaining ones of both members (as many as each has quota
    left): nothing could come before them, so the result is that of going one by one (Preis 1999, "Linear time
    1/2-approximation algorithm for maximum weighted matching in general graphs": at least half of the best).
    """
    by_a, by_b = best_first(edges.a, value), best_first(edges.b, value)
    left_a, left_b = quota_a.astype(np.int64), quota_b.astype(np.int64)
    chosen, wanted = np.zeros(len(value), dtype=bool), np.zeros(len(value), dtype=bool)
    while len(by_a):
        a_wants, b_wants = _among_first(by_a, edges.a, left_a), _among_first(by_b, edges.b, left_b)
        wanted[a_wants] = True
        taken = b_wants[wanted[b_wants]]
        wanted[a_wants] = False
        chosen[taken] = True
        left_a -= np.bincount(edges.a[taken], minlength=len(left_a))
        left_b -= np.bincount(edges.b[taken], minlength=len(left_b))
        by_a, by_b = (
            ids[~chosen[ids] & (left_a[edges.a[ids]] > 0) & (left_b[edges.b[ids]] > 0)] for ids in (by_a, by_b)
        )
    return chosen


def random_pairs(edges: Edges, *, seed: int, quota_a: NDArray[np.int32], quota_b: NDArray[np.int32]) -> Mask:
    """Return possible pairs drawn one after another until none is left, `bool[m]`."""
    value = np.random.default_rng(seed).random(len(edges.a))
    return greedy(edges, value=value, quota_a=quota_a, quota_b=quota_b)


def deferred_acceptance(
    edges: Edges,
    *,
    a_to_b: NDArray[np.float64],
    b_to_a: NDArray[np.float64],
    quota_a: NDArray[np.int32],
    quota_b: NDArray[np.int32],
) -> Mask:
    """Return the stable pairs that are best for the men, `bool[m]`, by the directional scores of each edge.

    Men with quota left propose to the next best on their lists; women hold the best of those who proposed (Gale and
    Shapley 1962, "College admissions and the stability of marriage"). Nobody would rather be paired with one who
    would rather be paired with them; the sum of the scores plays no part.
    """
    lists, starts, ends = _lists_of(edges.a, a_to_b, len(quota_a))
    free = quota_a.astype(np.int64)
    held: Ids = np.empty(0, dtype=np.intp)
    while True:
        asking = np.minimum(free, ends - starts)
        if not asking.any():
            break
        proposals = lists[ranges(starts, asking)]
        starts += asking
        heard = np.concatenate([held, proposals])
        heard = heard[np.lexsort((heard, -b_to_a[heard], edges.b[heard]))]
        held = _among_first(heard, edges.b, quota_b)
        free = quota_a - np.bincount(edges.a[held], minlength=len(quota_a))
    chosen = np.zeros(len(edges.a), dtype=bool)
    chosen[held] = True
    return chosen


def best_first(side: NDArray[np.int32], value: NDArray[np.float64]) -> Ids:
    """Return the edges member by member, each member's best first."""
    order = np.argsort(-value, kind="stable")
    return order[np.argsort(side[order], kind="stable")]


def place_in_group(groups: NDArray[np.int32]) -> Ids:
    """Return the place of each element within its run of equal ones, counted from 0."""
    first = np.flatnonzero(np.diff(groups, prepend=-1))
    return np.arange(len(groups)) - np.repeat(first, np.diff(first, append=len(groups)))


def ranges(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> Ids:
    """Return `start, start + 1, …` for each start, as many as its count."""
    shift = starts - np.concatenate([[0], np.cumsum(counts)[:-1]])
    return np.repeat(shift, counts) + np.arange(counts.sum())


def _among_first(ids: Ids, side: NDArray[np.int32], quota: NDArray[np.integer]) -> Ids:
    groups = side[ids]
    return ids[place_in_group(groups) < quota[groups]]


def _lists_of(
    side: NDArray[np.int32], value: NDArray[np.float64], members: int
) -> tuple[Ids, NDArray[np.int64], NDArray[np.int64]]:
    lengths = np.bincount(side, minlength=members)
    ends = np.cumsum(lengths)
    return best_first(side, value), ends - lengths, ends
