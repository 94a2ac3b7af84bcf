"""Pricing: which possible pairs are worth more than the prices of both their places.

A pair that is no candidate can only improve an assignment that is best among its candidates if it is worth more than
the places of both are there (the pricing step of column generation: Gilmore and Gomory, A linear programming approach
to the cutting-stock problem, Operations Research 9, 1961).
"""

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .assignment import QUANTUM, quanta
from .baselines import best_first, place_in_group
from .best import BestPartners
from .blocks import Block, Scratch
from .contest import Rest
from .edges import Edges
from .excluding import Excluded
from .market import Market
from .panels import Matrix
from .prices import price_bound, prices_of_women
from .scoring import scored
from .settings import EngineSettings
from .sweeping import COLUMNS, ROWS, Report, Sweep

STEPS = 2**29
"""Gains, which are less than 7, are counted in 2⁻²⁹."""
JITTER_BITS = 23
JITTER = 2**JITTER_BITS / STEPS
"""What chance adds to a gain, at most, before the best are chosen. Where many members are much alike the prices make
everybody indifferent between as many partners: all would be given the same few, and few of them be paired. Of 3,000 a
side who all ask for the same the best of 30 candidates each came to 0.63 of the best total without, to 0.99999 with it.
It is what prices are uncertain by."""
ROUNDING = 1e-6
NEVER = 1e3
"""The price of a place that there is not."""


Gains = tuple[NDArray[np.float64], NDArray[np.float64]]
"""One of each man (`float64[men]`), and one of each woman, at least 0."""


@dataclass(frozen=True, eq=False)
class Prices:
    """What a place with each man (`float64[men]`) and with each woman is worth, at least 0."""

    of_men: NDArray[np.float64]
    of_women: NDArray[np.float64]

    @classmethod
    def free(cls, market: Market) -> Self:
        return cls(np.zeros(len(market.men)), np.zeros(len(market.women)))

    @classmethod
    def of(cls, rest: Rest) -> tuple[Self, float]:
        """Price the women's places, and the men's at what their last place leaves them at those prices.

        Also returns what no set of these pairs exceeds at these prices.
        """
        quotas = {"quota_a": rest.quota_a, "quota_b": rest.quota_b}
        gains = quanta(rest.values)
        of_women = prices_of_women(rest.edges, gains, rest.chosen, **quotas)
        left = gains - of_women[rest.edges.b]
        order = best_first(rest.edges.a, left.astype(np.float64))
        men = rest.edges.a[order]
        last = order[place_in_group(men) == rest.quota_a[men] - 1]
        of_men = np.zeros(len(rest.quota_a), np.int64)
        of_men[rest.edges.a[last]] = np.maximum(left[last], 0)
        prices = cls(
            np.where(rest.quota_a > 0, of_men * QUANTUM, NEVER), np.where(rest.quota_b > 0, of_women * QUANTUM, NEVER)
        )
        return prices, price_bound(rest.edges, gains, of_women, **quotas) * QUANTUM


@dataclass(frozen=True, eq=False)
class Found:
    """The pairs that a search found, and what the best pair of each man and of each woman gains.

    Gains are summed up in single precision: they may lie off by `ROUNDING`.
    """

    pairs: Edges
    greatest: Gains


class Greatest:
    """The greatest numbers of each man and of each woman, while the blocks go by."""

    def __init__(self, market: Market) -> None:
        self._of_men, self._of_women = np.zeros(len(market.men), np.float32), np.zeros(len(market.women), np.float32)
        self._lock = threading.Lock()

    def offer(self, block: Block, numbers: Matrix) -> None:
        of_men, of_women = numbers.max(axis=1), numbers.max(axis=0)
        men, women = self._of_men[block.men.members], self._of_women[block.women.members]
        with self._lock:
            np.maximum(men, of_men, out=men)
            np.maximum(women, of_women, out=women)

    def beyond(self, base: float) -> Gains:
        """Return by how much they exceed the base."""
        of_men, of_women = (
            np.maximum(numbers.astype(np.float64) - base, 0) for numbers in (self._of_men, self._of_women)
        )
        return of_men, of_women


@dataclass(frozen=True, eq=False)
class Pricing:
    """A market at given prices. What a pair gains is its worth, less the prices of both places."""

    market: Market
    prices: Prices
    settings: EngineSettings
    excluded: Excluded

    @cached_property
    def _costs(self) -> tuple[Matrix, Matrix]:
        """Return what is to be taken off the score of each man's and of each woman's pairs."""
        men, women, fairness = self.market.men, self.market.women, self.settings.fairness
        of_men, of_women = self.prices.of_men - fairness * men.wait, self.prices.of_women - fairness * women.wait
        return of_men.astype(np.float32), of_women.astype(np.float32)

    def search(
        self, count: int, report: Report, *, least: float = 0.0, rows: int = ROWS, columns: int = COLUMNS
    ) -> "Found":
        """Find each member's `count` best pairs of those that gain more than `least`, and how much the best one gains.

        Takes about 12 ns of processor time for each pair of the market, on every core that there is; memory grows with
        the result alone. `report` is called block by block in the caller's thread, and what it raises ends the search.
        Blocks of any size (at most `best.MOST_OWNERS` a side) give the same result.
        """
        sweep = Sweep(self.market, rows=rows, columns=columns)
        best, greatest = BestPartners(sweep, count, 1 << JITTER_BITS), Greatest(self.market)

        def take(block: Block, scratch: Scratch) -> None:
            gains = self._above(least - JITTER, block, scratch)
            greatest.offer(block, gains)
            keys = block.counted(np.maximum(gains, 0, out=gains), STEPS, scratch)
            keys += block.jitter(JITTER_BITS, scratch)
            best.offer(block, keys)

        sweep.run(take, report)
        return Found(scored(self.market, best.pairs(), self.settings.floor), greatest.beyond(JITTER - least))

    def greatest(self, report: Report) -> Gains:
        """Return what the best pair of each man, and of each woman, gains, or 0."""
        greatest = Greatest(self.market)
        Sweep(self.market).run(lambda block, scratch: greatest.offer(block, self._above(0.0, block, scratch)), report)
        return greatest.beyond(0.0)

    def _above(self, least: float, block: Block, scratch: Scratch) -> Matrix:
        """Return by how much more than `least` each pair gains; at most 0 for those that are not possible."""
        men, women = block.men.members, block.women.members
        of_men, of_women = self._costs
        gains = block.half_scores(self.settings.floor, scratch)
        gains[self.excluded.within(men, women)] = 0
        is_possible = gains > 0
        gains *= 2
        gains -= of_men[men, None] + np.float32(least)
        gains -= of_women[women]
        gains *= is_possible
        return gains
