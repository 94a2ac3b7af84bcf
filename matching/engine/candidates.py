"""Who may be assigned to whom: everybody's best partners, found without ever holding all pairs."""

import os
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

import numpy as np
from numpy.typing import NDArray

from .best import MOST_OTHERS, Best
from .blocks import Block, Scratch
from .edges import Edges
from .excluding import Excluded
from .market import Market
from .panels import Panel
from .results import Pair, Progress
from .scoring import score_pairs
from .settings import EngineSettings

ROWS, COLUMNS = 256, 1024
"""The size of a block: its five buffers stay in a processor's cache."""


def best_candidates(
    market: Market,
    settings: EngineSettings,
    excluded: Collection[Pair] = (),
    progress: Progress | None = None,
    *,
    rows: int = ROWS,
    columns: int = COLUMNS,
) -> Edges:
    """Return each man's and each woman's `settings.candidates` best possible partners, as one set of pairs.

    Takes n_men × n_women × about 10 ns of processor time, on every core that there is; memory grows with the edges
    alone. `progress` is called in the caller's thread, and what it raises stops the search. The result is the same
    whatever the size of the blocks.
    """
    if max(len(market.men), len(market.women)) > MOST_OTHERS:
        raise ValueError(f"A round takes at most {MOST_OTHERS:,} members of a gender.")
    search = _Search(market, settings, Excluded.of(market, excluded), rows, columns)
    search.run(progress)
    return search.edges()


class _Search:
    """The best of every panel, filled by the blocks in any order."""

    def __init__(self, market: Market, settings: EngineSettings, excluded: Excluded, rows: int, columns: int) -> None:
        self.market, self.floor, self.excluded = market, settings.floor, excluded
        self.men = [Panel.of_men(market, part) for part in _parts(len(market.men), rows)]
        self.women = [Panel.of_women(market, part) for part in _parts(len(market.women), columns)]
        self.best_of_men = [Best(len(panel.has), settings.candidates) for panel in self.men]
        self.best_of_women = [Best(len(panel.has), settings.candidates) for panel in self.women]
        self.scratch = Scratch(rows * columns)

    def run(self, progress: Progress | None) -> None:
        threads = len(os.sched_getaffinity(0))
        with ThreadPoolExecutor(threads, thread_name_prefix="candidates") as executor:
            blocks = [(i, j) for j in range(len(self.women)) for i in range(len(self.men))]
            futures = [executor.submit(self.take, i, j) for i, j in blocks]
            try:
                _follow(futures, progress)
            except BaseException:
                executor.shutdown(cancel_futures=True)
                raise

    def take(self, i: int, j: int) -> None:
        """Score one block, and offer it to both of its sides."""
        men, women = self.men[i], self.women[j]
        keys = Block(men, women).keys(self.floor, self.scratch)
        keys[self.excluded.within(men.members, women.members)] = 0
        self.best_of_men[i].offer_rows(keys, women.members.start)
        self.best_of_women[j].offer_columns(keys, men.members.start)

    def edges(self) -> Edges:
        a, b = _pairs(self.men, self.best_of_men)
        b_too, a_too = _pairs(self.women, self.best_of_women)
        edges = Edges.of(np.concatenate([a, a_too]), np.concatenate([b, b_too]), np.zeros(len(a) + len(a_too)))
        scores = score_pairs(self.market, edges.a, edges.b)
        return Edges(edges.a, edges.b, scores.mutual).where(scores.reach(self.floor))


def _parts(members: int, size: int) -> list[slice]:
    return [slice(first, min(first + size, members)) for first in range(0, members, size)]


def _follow(futures: list[Future[None]], progress: Progress | None) -> None:
    for done, future in enumerate(as_completed(futures), start=1):
        future.result()
        if progress is not None:
            progress("candidates", done, len(futures))


def _pairs(panels: list[Panel], bests: list[Best]) -> NDArray[np.int64]:
    """Return all owners and, below them, their best others."""
    kept = [best.pairs(panel.members.start) for panel, best in zip(panels, bests, strict=True)]
    return np.concatenate([np.empty((2, 0), np.int64), *kept], axis=1)
