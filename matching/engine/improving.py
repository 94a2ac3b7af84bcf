"""From the best of the candidates to the best of all possible pairs, and the proof of how near it is.

An assignment that is best among its candidates comes with prices (`prices`). A pair that is no candidate can only
improve it if it is worth more than the prices of both its places. The search goes over all pairs, adds the most
promising of these to the candidates, and decides again, until there are none worth mentioning: column generation
(Dantzig and Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960).

Each member's few best partners alone are not enough: where some are everybody's favourites, the favourites are soon
taken, and those whom nobody lists are left to nobody. With 10,000 a side and 30 candidates that cost two in a hundred.
"""

from dataclasses import dataclass
from math import inf
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .assignment import QUANTUM, pair_values, quanta
from .baselines import best_first, place_in_group
from .best import BestPartners
from .blocks import LEAST_KEY, Block, Scratch
from .contest import Contest, Rest
from .edges import Edges
from .excluding import Excluded
from .prices import price_bound, prices_of_women
from .scoring import scored
from .settings import EngineSettings
from .sweeping import Report, Sweep

GOOD_ENOUGH = 0.001
"""The share of the best total that need not be gained any more."""
MOST_SWEEPS = 5
PROMISING = 20
"""How many pairs of each member are added at a time, at most."""
STEPS = 2**29
"""Gains, which are less than 8, are counted in 2⁻²⁹; those below 2⁻¹⁴ (`blocks.LEAST_KEY`) are not looked at."""
NEVER = 1e3
"""The price of a place that there is not."""


def improve(contest: Contest, settings: EngineSettings, excluded: Excluded, report: Report) -> tuple[Contest, float]:
    """Return the contest improved until it is `GOOD_ENOUGH`, and what no set of possible pairs exceeds.

    Each sweep takes about 10 ns of processor time for each pair of the market. Three suffice as a rule.
    """
    bound = inf
    for number in range(MOST_SWEEPS):
        prices = _Prices.of(contest.rest)
        found = _promising(contest, prices, settings, excluded, _part(report, number))
        bound = min(bound, contest.rest.given + prices.total + _excess(contest, found, prices))
        if contest.total >= (1 - GOOD_ENOUGH) * bound or not len(found):
            break
        contest = contest.with_more(found)
    return contest, bound


def _part(report: Report, number: int) -> Report:
    return lambda done, total: report(number * total + done, MOST_SWEEPS * total)


@dataclass(frozen=True, eq=False)
class _Prices:
    """What a place with each member is worth at least; `total` is what the candidates come to at these prices."""

    of_men: NDArray[np.float64]
    of_women: NDArray[np.float64]
    total: float

    @classmethod
    def of(cls, rest: Rest) -> Self:
        """Price the women's places, and the men's at what their last place leaves them at those prices."""
        quotas = {"quota_a": rest.quota_a, "quota_b": rest.quota_b}
        gains = quanta(rest.values)
        of_women = prices_of_women(rest.edges, gains, rest.chosen, **quotas)
        left = gains - of_women[rest.edges.b]
        order = best_first(rest.edges.a, left.astype(np.float64))
        men = rest.edges.a[order]
        last = order[place_in_group(men) == rest.quota_a[men] - 1]
        of_men = np.zeros(len(rest.quota_a), np.int64)
        of_men[rest.edges.a[last]] = np.maximum(left[last], 0)
        total = price_bound(rest.edges, gains, of_women, **quotas) * QUANTUM
        return cls(
            np.where(rest.quota_a > 0, of_men * QUANTUM, NEVER),
            np.where(rest.quota_b > 0, of_women * QUANTUM, NEVER),
            total,
        )


def _promising(
    contest: Contest, prices: _Prices, settings: EngineSettings, excluded: Excluded, report: Report
) -> Edges:
    """Return possible pairs that are worth more than the prices of both places, each member's most promising ones."""
    market, fairness = contest.market, settings.fairness
    cost_of_men = (prices.of_men - fairness * market.men.wait).astype(np.float32)
    cost_of_women = (prices.of_women - fairness * market.women.wait).astype(np.float32)
    sweep = Sweep(market)
    best = BestPartners(sweep, PROMISING + int(market.men.quota.max(initial=0)))

    def take(block: Block, scratch: Scratch) -> None:
        men, women = block.men.members, block.women.members
        gains = block.half_scores(settings.floor, scratch)
        gains[excluded.within(men, women)] = 0
        is_possible = gains > 0
        gains *= 2
        gains -= cost_of_men[men, None]
        gains -= cost_of_women[women]
        gains *= is_possible
        best.offer(block, block.counted(np.maximum(gains, 0, out=gains), STEPS, scratch))

    sweep.run(take, report)
    pairs = scored(market, best.pairs(), settings.floor)
    return pairs.where(~pairs.among(contest.edges))


def _excess(contest: Contest, pairs: Edges, prices: _Prices) -> float:
    """Return by how much any set of pairs can exceed the prices: each man's most promising pair, for all his places.

    What is promised by pairs too small to be found is added for everybody.
    """
    market = contest.market
    values = pair_values(pairs, market.men.wait, market.women.wait, contest.fairness)
    most = np.full(len(market.men), LEAST_KEY / STEPS)
    np.maximum.at(most, pairs.a, values - prices.of_men[pairs.a] - prices.of_women[pairs.b])
    return float(most @ contest.rest.quota_a)
