"""Going over all pairs of a market, block by block, on every core."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from .blocks import Block, Scratch
from .market import Market
from .panels import Panel

ROWS, COLUMNS = 256, 1024
"""The size of a block: its five buffers stay in a processor's cache."""
MOST = 1 << 20
"""The most members of a gender."""

Take = Callable[[Block, Scratch], None]
Report = Callable[[int, int], None]
"""Called with what is done, and its total."""
WHOLE = 10_000
"""What a search of several parts counts to."""


class Sweep:
    """All blocks of a market: panels of men by panels of women."""

    def __init__(self, market: Market, *, rows: int = ROWS, columns: int = COLUMNS) -> None:
        """Raise ValueError for a market with more than `MOST` members of a gender."""
        if max(len(market.men), len(market.women)) > MOST:
            raise ValueError(f"A round takes at most {MOST:,} members of a gender.")
        self.men = [Panel.of_men(market, part) for part in _parts(len(market.men), rows)]
        self.women = [Panel.of_women(market, part) for part in _parts(len(market.women), columns)]
        self._scratch = Scratch(rows * columns)

    def run(self, take: Take, report: Report) -> None:
        """Have each block taken, in several threads; what they share, `take` must guard.

        `report` is called in the caller's thread with how many blocks are done, of how many; what it raises ends the
        sweep, after the blocks under way.
        """
        with ThreadPoolExecutor(len(os.sched_getaffinity(0)), thread_name_prefix="sweep") as executor:
            blocks = [Block(men, women) for women in self.women for men in self.men]
            futures = [executor.submit(take, block, self._scratch) for block in blocks]
            try:
                _follow(futures, report)
            finally:
                executor.shutdown(cancel_futures=True)


def part(report: Report, start: float, end: float) -> Report:
    """Return what reports a part of a search, which goes from `start` to `end` of the whole, in [0, 1]."""
    return lambda done, total: report(round((start + (end - start) * done / total) * WHOLE), WHOLE)


def standing(report: Report, at: float) -> Callable[[], None]:
    """Return what reports that a search stands where it has come to, in [0, 1]: for work that tells nothing itself."""
    return lambda: report(round(at * WHOLE), WHOLE)


def _follow(futures: list[Future[None]], report: Report) -> None:
    for done, future in enumerate(as_completed(futures), start=1):
        future.result()
        report(done, len(futures))


def _parts(members: int, size: int) -> list[slice]:
    return [slice(first, min(first + size, members)) for first in range(0, members, size)]
