"""Which pairs compete to be proposed.

In a small market everybody's best; `improving` finds what they lack. In a large one that is a poor start:
everybody's best are the same few favourites, whom all but one will not get. There a sample is solved first, and tells
what a place with each member will be worth; the pairs that compete are those that are best beyond these prices. Prices
learned from a sample are close to the best ones for all (Devanur and Hayes, The AdWords problem: online keyword
matching with budgeted bidders under random permutations, EC 2009; Agrawal, Wang and Ye, A dynamic near-optimal
algorithm for online linear programming, Operations Research 62, 2014). With 20,000 a side the best set of 600,000 pairs
found in this way came within 0.0002 of what no set exceeds, where those found by score came to 0.6 of it.
"""

import numpy as np

from .contest import Contest
from .edges import Edges
from .excluding import Excluded
from .improving import improve
from .market import Market, Positions, Side
from .panels import shuffled
from .pricing import NEVER, Prices, Pricing
from .settings import EngineSettings
from .sweeping import Report, part, standing

SHARE = 8
"""One member of so many is in the sample."""
LEAST = 1_000
"""Whoever has fewer on either side, is no large market."""
FAR = -1.0
"""Pairs that gain less than this at the expected prices do not compete."""
NO_PAIRS = Edges.of([], [], [])


def competing(market: Market, settings: EngineSettings, excluded: Excluded, report: Report) -> Edges:
    """Return `settings.candidates` pairs for each member who has as many possible ones, and those they share."""
    is_large = min(len(market.men), len(market.women)) >= LEAST
    prices = _expected_prices(market, settings, excluded, part(report, 0, 0.4)) if is_large else Prices.free(market)
    pricing = Pricing(market, prices, settings, excluded)
    return pricing.search(max(settings.candidates, 1), part(report, 0.4 * is_large, 1), least=FAR).pairs


def _expected_prices(market: Market, settings: EngineSettings, excluded: Excluded, report: Report) -> Prices:
    """Return what places with everybody should be worth, as a sample of both sides suggests.

    A place with a man is worth what the women of the sample would gain by it at most, at the prices among them, and the
    other way round.
    """

    def part_of(men: Positions, women: Positions, prices: Prices) -> Pricing:
        return Pricing(market.part(men, women), prices, settings, excluded.part(men, women))

    men, women = _sampled(market.men, market.seed), _sampled(market.women, market.seed)
    all_men, all_women = np.arange(len(market.men)), np.arange(len(market.women))
    prices = _prices_among(market.part(men, women), settings, excluded.part(men, women), part(report, 0, 0.5))
    for_women = part_of(all_men, women, Prices(np.zeros(len(all_men)), prices.of_women))
    for_men = part_of(men, all_women, Prices(prices.of_men, np.zeros(len(all_women))))
    of_men, _of_sample = for_women.greatest(part(report, 0.5, 0.75))
    _of_sample, of_women = for_men.greatest(part(report, 0.75, 1))
    return Prices(np.where(market.men.quota > 0, of_men, NEVER), np.where(market.women.quota > 0, of_women, NEVER))


def _prices_among(market: Market, settings: EngineSettings, excluded: Excluded, report: Report) -> Prices:
    """Return the prices at which the best assignment of a market is the best for everybody in it."""
    edges = competing(market, settings, excluded, part(report, 0, 0.5))
    contest = Contest.decide(market, edges, NO_PAIRS, NO_PAIRS, settings.fairness, standing(report, 0.5))
    contest, _bound = improve(contest, settings, excluded, part(report, 0.5, 1))
    return Prices.of(contest.rest)[0]


def _sampled(side: Side, seed: int) -> Positions:
    """Return the positions of those whom ids and seed choose: each member by itself, whoever else there is."""
    order = np.argsort([shuffled(member.id, seed) for member in side.members], kind="stable")
    return np.sort(order[: max(len(side) // SHARE, 1)])
