import numpy as np
import pytest

from matching.engine.baselines import deferred_acceptance, greedy, random_pairs

from .markets import market_of, random_market


def one_by_one(market, value):
    """Greedy as it is usually written."""
    left_a, left_b = market.quota_a.copy(), market.quota_b.copy()
    chosen = np.zeros(len(value), dtype=bool)
    for edge in np.argsort(-value, kind="stable"):
        a, b = market.edges.a[edge], market.edges.b[edge]
        if left_a[a] and left_b[b]:
            chosen[edge] = True
            left_a[a] -= 1
            left_b[b] -= 1
    return chosen


def quotas(market):
    return {"quota_a": market.quota_a, "quota_b": market.quota_b}


@pytest.mark.parametrize("seed", range(60))
def test_greedy_in_waves_is_greedy_one_by_one(seed):
    market = random_market(seed, most=60)
    value = market.edges.score
    assert (greedy(market.edges, value=value, **quotas(market)) == one_by_one(market, value)).all()


@pytest.mark.parametrize("seed", range(20))
def test_random_pairs_keep_the_quotas_until_nothing_more_fits(seed):
    market = random_market(seed)
    chosen = random_pairs(market.edges, seed=seed, **quotas(market))
    men, women = market.taken(chosen)
    assert (men <= market.quota_a).all()
    assert (women <= market.quota_b).all()
    a, b = market.edges.a, market.edges.b
    assert (chosen | (men == market.quota_a)[a] | (women == market.quota_b)[b]).all()


def test_random_pairs_follow_the_seed():
    market = random_market(1, most=100)
    first, again, other = (random_pairs(market.edges, seed=seed, **quotas(market)) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_deferred_acceptance_is_best_for_those_who_propose():
    market = market_of({(a, b): 0.5 for a in range(2) for b in range(2)})
    a_to_b, b_to_a = np.array([0.9, 0.1, 0.1, 0.9]), np.array([0.1, 0.9, 0.9, 0.1])
    chosen = deferred_acceptance(market.edges, a_to_b=a_to_b, b_to_a=b_to_a, **quotas(market))
    assert chosen.tolist() == [True, False, False, True]


@pytest.mark.parametrize("seed", range(40))
def test_deferred_acceptance_leaves_no_two_who_prefer_each_other(seed):
    market = random_market(seed, most=40)
    rng = np.random.default_rng(seed)
    a_to_b, b_to_a = rng.random(len(market.edges.a)), rng.random(len(market.edges.a))
    chosen = deferred_acceptance(market.edges, a_to_b=a_to_b, b_to_a=b_to_a, **quotas(market))
    men, women = market.taken(chosen)
    assert (men <= market.quota_a).all()
    assert (women <= market.quota_b).all()
    would_a = wants_more(market.edges.a, a_to_b, chosen, men, market.quota_a)
    would_b = wants_more(market.edges.b, b_to_a, chosen, women, market.quota_b)
    assert not (~chosen & would_a & would_b).any()


def wants_more(side, score, chosen, taken, quota):
    """Return for each edge whether this side's member would take it, if need be for the worst of the chosen."""
    worst = np.full(len(quota), np.inf)
    np.minimum.at(worst, side[chosen], score[chosen])
    return (quota[side] > 0) & ((taken < quota)[side] | (score > worst[side]))


def test_greedy_is_no_better_than_the_exact_assignment():
    market = random_market(1, most=400)
    market = market._replace(pinned=np.zeros_like(market.pinned))
    by_greed = greedy(market.edges, value=market.values(), **quotas(market))
    assert 0.5 * market.total(market.assign()) <= market.total(by_greed) <= market.total(market.assign())
