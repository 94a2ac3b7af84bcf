import numpy as np
import pytest

from matching.engine.assignment import PinsExceedQuotaError
from matching.engine.flow import AssignmentFailedError

from .markets import market_of, random_market


def chosen_pairs(market, **changed):
    chosen = market.assign(**changed)
    return set(zip(market.edges.a[chosen].tolist(), market.edges.b[chosen].tolist(), strict=True))


def test_two_good_pairs_beat_the_best_one():
    market = market_of({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.8})
    assert chosen_pairs(market) == {(0, 1), (1, 0)}


def test_a_pair_is_chosen_once_whatever_the_quotas():
    market = market_of({(0, 0): 0.9, (0, 1): 0.1}, quota_a=[3], quota_b=[3, 3])
    assert chosen_pairs(market) == {(0, 0), (0, 1)}


def test_quota_zero_takes_no_part():
    market = market_of({(0, 0): 0.9, (1, 0): 0.5, (1, 1): 0.9}, quota_a=[0, 1], quota_b=[1, 0])
    assert chosen_pairs(market) == {(1, 0)}


def test_empty_market():
    assert market_of({}).assign().shape == (0,)


@pytest.mark.parametrize("quotas", [{"quota_a": [1, 1], "quota_b": []}, {"quota_a": [], "quota_b": [2]}])
def test_one_sided_market(quotas):
    assert market_of({}, wait_a=[1.0] * len(quotas["quota_a"]), **quotas).assign().shape == (0,)


def test_without_quota_on_one_side_nobody_is_paired():
    market = market_of({(0, 0): 0.9, (1, 0): 0.9}, quota_b=[0])
    assert not market.assign().any()


def test_pairs_worth_nothing_are_left_out():
    market = market_of({(0, 0): 0.0, (1, 1): 0.4})
    assert chosen_pairs(market) == {(1, 1)}


def test_who_waited_longer_comes_first_by_the_weight_of_fairness():
    market = market_of({(0, 0): 0.60, (1, 0): 0.65}, wait_a=[1.0, 0.0])
    assert chosen_pairs(market, fairness=0.0) == {(1, 0)}
    assert chosen_pairs(market, fairness=0.1) == {(0, 0)}


def test_pins_are_chosen_against_a_better_pair():
    market = market_of({(0, 0): 0.0, (0, 1): 0.9, (1, 0): 0.9}, pinned=[(0, 0)])
    assert chosen_pairs(market) == {(0, 0)}


def test_pins_use_up_quota():
    market = market_of({(0, 0): 0.1, (0, 1): 0.9, (0, 2): 0.8}, quota_a=[2], pinned=[(0, 0)])
    assert chosen_pairs(market) == {(0, 0), (0, 1)}


def test_more_pins_than_quota_are_refused_with_whom_it_concerns():
    market = market_of({(0, 0): 0.5, (1, 1): 0.5, (1, 2): 0.5}, quota_b=[0, 1, 1], pinned=[(0, 0), (1, 1), (1, 2)])
    with pytest.raises(PinsExceedQuotaError) as refused:
        market.assign()
    assert refused.value.men.tolist() == [1]
    assert refused.value.women.tolist() == [0]


def test_worths_beyond_64_bits_are_refused():
    market = market_of({(0, 0): 4e12, (1, 0): 3e12})
    with pytest.raises(AssignmentFailedError, match="BAD_COST_RANGE"):
        market.assign()


@pytest.mark.parametrize("before", [{(0, 0), (1, 1)}, {(0, 1), (1, 0)}])
def test_ties_go_to_the_pairs_of_before(before):
    market = market_of({(a, b): 0.5 for a in range(2) for b in range(2)}, previous=before)
    assert chosen_pairs(market) == before


def test_all_pairs_of_before_together_do_not_outweigh_a_quantum():
    before = {(n, n) for n in range(50)}
    shifted = {(n, (n + 1) % 50): 0.5 for n in range(50)}
    market = market_of(dict.fromkeys(before, 0.5) | shifted | {(0, 1): 0.500002}, previous=before)
    assert chosen_pairs(market) == set(shifted)


@pytest.mark.parametrize("seed", range(20))
def test_same_input_gives_the_same_pairs(seed):
    market = random_market(seed * 3, most=60)
    assert (market.assign() == market.assign()).all()


@pytest.mark.parametrize("seed", range(20))
def test_run_again_nothing_moves(seed):
    market = random_market(seed * 3, most=60)
    before = market.assign()
    assert (market.assign(previous=before) == before).all()


@pytest.mark.parametrize("seed", range(20))
def test_after_a_small_change_less_moves_than_without_memory(seed):
    market = random_market(seed * 3, most=60)
    nothing = np.zeros_like(market.previous)
    before = market.assign(previous=nothing)
    smaller = market._replace(quota_a=np.where(np.arange(len(market.quota_a)) == 0, 0, market.quota_a))
    smaller = smaller._replace(pinned=market.pinned & (market.edges.a != 0))
    with_memory = smaller.assign(previous=before)
    assert smaller.total(with_memory) == pytest.approx(smaller.total(smaller.assign(previous=nothing)), abs=1e-4)
    assert (with_memory != before).sum() <= (smaller.assign(previous=nothing) != before).sum()


def test_unconcerned_members_keep_their_pairs_when_one_is_forbidden():
    pairs = {(10 * k + a, 10 * k + b): 0.5 for k in range(5) for a in range(10) for b in range(10)}
    market = market_of(pairs)
    before = market.assign()
    gone = np.flatnonzero(before)[0]
    left = {pair: score for n, (pair, score) in enumerate(pairs.items()) if n != gone}
    again = market_of(left).assign(previous=np.delete(before, gone))
    assert (again != np.delete(before, gone)).sum() <= 3
