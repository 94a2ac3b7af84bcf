"""Everybody's best partners, kept while the blocks go by."""

import threading

import numpy as np
from numpy.typing import NDArray

from .blocks import Block, Keys
from .edges import Edges
from .sweeping import Sweep

OWNER_BITS, KEY_BITS, OTHER_BITS = 12, 32, 20
"""As many others as `sweeping.MOST`."""
MOST_OWNERS, MOST_OTHERS = 1 << OWNER_BITS, 1 << OTHER_BITS


class BestPartners:
    """The best partners of every member of a market, filled by the blocks of a sweep in any order.

    Keys below `least` are of pairs that are out of the question.
    """

    def __init__(self, sweep: Sweep, count: int, least: int) -> None:
        self._of_men = {panel.members.start: Best(len(panel), count, least) for panel in sweep.men}
        self._of_women = {panel.members.start: Best(len(panel), count, least) for panel in sweep.women}

    def offer(self, block: Block, keys: Keys) -> None:
        men, women = block.men.members.start, block.women.members.start
        self._of_men[men].offer_rows(keys, women)
        self._of_women[women].offer_columns(keys, men)

    def pairs(self) -> Edges:
        """Return each man's and each woman's best, as one set of pairs without scores."""
        (a, b), (b_too, a_too) = _joined(self._of_men), _joined(self._of_women)
        return Edges.of(np.concatenate([a, a_too]), np.concatenate([b, b_too]), np.zeros(len(a) + len(a_too)))


def _joined(bests: dict[int, "Best"]) -> NDArray[np.int64]:
    """Return all owners and, below them, their best others."""
    kept = [best.pairs(first_owner) for first_owner, best in bests.items()]
    return np.concatenate([np.empty((2, 0), np.int64), *kept], axis=1)


class Best:
    """Keeps the `count` greatest keys of each of up to 4,096 owners, the lower other first where keys are equal.

    What is kept does not depend on the order in which blocks are offered, nor on their size. Owner, key and (negated)
    other are packed into one number, so that one sort settles everything. Several threads may offer at once.
    """

    def __init__(self, owners: int, count: int, least: int) -> None:
        self.owners, self.count = owners, count
        self.least = np.full(owners, least, np.uint32)
        self._kept = np.empty(0, np.uint64)
        self._waiting: list[NDArray[np.uint64]] = []
        self._lock = threading.Lock()

    def offer_rows(self, keys: Keys, first_other: int) -> None:
        """Offer a block whose rows are the owners."""
        found = np.flatnonzero(keys >= self.least[:, None])
        owners, others = np.divmod(found, keys.shape[1])
        self._offer(owners, keys.ravel()[found], others + first_other)

    def offer_columns(self, keys: Keys, first_other: int) -> None:
        """Offer a block whose columns are the owners."""
        found = np.flatnonzero(keys >= self.least)
        others, owners = np.divmod(found, keys.shape[1])
        self._offer(owners, keys.ravel()[found], others + first_other)

    def pairs(self, first_owner: int) -> NDArray[np.int64]:
        """Return the owners, counted from the first one's position, and below them their best others."""
        with self._lock:
            self._settle()
            owners = (self._kept >> np.uint64(KEY_BITS + OTHER_BITS)).astype(np.int64)
            others = MOST_OTHERS - 1 - (self._kept & np.uint64(MOST_OTHERS - 1)).astype(np.int64)
        return np.stack([owners + first_owner, others])

    def _offer(self, owners: NDArray[np.int64], keys: Keys, others: NDArray[np.int64]) -> None:
        packed = owners.astype(np.uint64) << np.uint64(KEY_BITS + OTHER_BITS)
        packed |= keys.astype(np.uint64) << np.uint64(OTHER_BITS)
        packed |= (MOST_OTHERS - 1 - others).astype(np.uint64)
        with self._lock:
            self._waiting.append(packed)
            if sum(map(len, self._waiting)) > self.count * self.owners:
                self._settle()

    def _settle(self) -> None:
        """Keep the last `count` of each owner's run, and raise what must be reached where that many are kept."""
        packed = np.sort(np.concatenate([self._kept, *self._waiting]))
        self._waiting = []
        owners = (packed >> np.uint64(KEY_BITS + OTHER_BITS)).astype(np.int64)
        ends = np.searchsorted(owners, np.arange(self.owners), side="right")
        self._kept = packed[np.arange(len(packed)) >= ends[owners] - self.count]
        full = np.flatnonzero(np.diff(ends, prepend=0) >= self.count)
        self.least[full] = (packed[ends[full] - self.count] >> np.uint64(OTHER_BITS)).astype(np.uint32)
