"""From the best of the candidates to the best of all possible pairs, and the proof of how near it is.

An assignment that is best among its candidates comes with prices. The search goes over all pairs, adds those to the
candidates that are worth more than their places (`pricing`), and decides again, until there are none worth mentioning:
column generation (Dantzig and Wolfe, Decomposition principle for linear programs, Operations Research 8, 1960).
"""

from math import inf

from .contest import Contest
from .excluding import Excluded
from .pricing import ROUNDING, Found, Prices, Pricing
from .settings import EngineSettings
from .sweeping import Report, part, standing

GOOD_ENOUGH = 0.0002
"""The share of the best total that need not be gained any more."""
MOST_SWEEPS = 5
PROMISING = 20
"""How many pairs of each member are added at a time, at most."""


def improve(contest: Contest, settings: EngineSettings, excluded: Excluded, report: Report) -> tuple[Contest, float]:
    """Return the contest improved until it is `GOOD_ENOUGH`, and what no set of possible pairs exceeds.

    In a large market one search suffices as a rule: it proves that there is nothing to improve.
    """
    bound = inf
    for number in range(MOST_SWEEPS):
        prices, most = Prices.of(contest.rest)
        others = Pricing(contest.market, prices, settings, excluded.also(contest.edges))
        done = (number + 1) / MOST_SWEEPS
        found = others.search(PROMISING, part(report, number / MOST_SWEEPS, done))
        bound = min(bound, contest.rest.given + most + _excess(contest, found))
        if contest.total >= (1 - GOOD_ENOUGH) * bound or not len(found.pairs):
            break
        contest = contest.with_more(found.pairs, standing(report, done))
    return contest, bound


def _excess(contest: Contest, found: Found) -> float:
    """Return by how much other pairs can exceed the prices: each man's most promising one, for all his places."""
    of_men, _of_women = found.greatest
    return float((of_men + ROUNDING) @ contest.rest.quota_a)
