import numpy as np
import pytest

from matching.engine.assignment import quanta
from matching.engine.prices import price_bound, prices_of_women

from .markets import market_of, random_market


def quotas(market):
    return {"quota_a": market.quota_a, "quota_b": market.quota_b}


@pytest.mark.parametrize("seed", range(100))
def test_at_the_right_prices_the_bound_is_the_best(seed):
    market = random_market(seed, most=60)
    market = market._replace(pinned=np.zeros_like(market.pinned))
    gain, chosen = quanta(market.values()), market.assign()
    prices = prices_of_women(market.edges, gain, chosen, **quotas(market))
    assert (prices >= 0).all()
    assert price_bound(market.edges, gain, prices, **quotas(market)) == gain[chosen].sum()


@pytest.mark.parametrize("seed", range(20))
def test_at_any_prices_nothing_is_above_the_bound(seed):
    market = random_market(seed, most=60)
    gain = quanta(market.values())
    prices = np.random.default_rng(seed).integers(0, 10**6, len(market.quota_b))
    assert price_bound(market.edges, gain, prices, **quotas(market)) >= gain[market.assign()].sum()


def test_what_two_want_costs_what_the_second_would_give():
    market = market_of({(0, 0): 0.9, (1, 0): 0.7})
    gain = quanta(market.values())
    prices = prices_of_women(market.edges, gain, market.assign(), **quotas(market))
    assert 700_000 <= prices[0] <= 900_000
