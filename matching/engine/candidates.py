"""Who may be assigned to whom: everybody's best partners, found without ever holding all pairs."""

from collections.abc import Collection

from .best import MOST_OTHERS, BestPartners
from .blocks import Block, Scratch
from .edges import Edges
from .excluding import Excluded
from .market import Market
from .results import Pair, Progress
from .scoring import scored
from .settings import EngineSettings
from .sweeping import COLUMNS, ROWS, Sweep


def best_candidates(
    market: Market,
    settings: EngineSettings,
    excluded: Collection[Pair] | Excluded = (),
    progress: Progress | None = None,
    *,
    rows: int = ROWS,
    columns: int = COLUMNS,
) -> Edges:
    """Return each man's and each woman's `settings.candidates` best possible partners, as one set of pairs.

    Takes about 12 ns of processor time for each pair of the market, on every core that there is; memory grows with the
    result alone. `progress` is called block by block in the caller's thread, and what it raises stops the search.
    Blocks of any size (at most `best.MOST_OWNERS` a side) give the same result.
    """
    if max(len(market.men), len(market.women)) > MOST_OTHERS:
        raise ValueError(f"A round takes at most {MOST_OTHERS:,} members of a gender.")
    barred = excluded if isinstance(excluded, Excluded) else Excluded.of(market, excluded)
    sweep = Sweep(market, rows=rows, columns=columns)
    best = BestPartners(sweep, max(settings.candidates, 1))

    def take(block: Block, scratch: Scratch) -> None:
        keys = block.keys(settings.floor, scratch)
        keys[barred.within(block.men.members, block.women.members)] = 0
        best.offer(block, keys)

    sweep.run(take, lambda done, total: progress("candidates", done, total) if progress else None)
    return scored(market, best.pairs(), settings.floor)
