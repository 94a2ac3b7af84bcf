import numpy as np
import pytest

from matching.engine.measures import coverage, gini, introductions_of, longest_wait, lorenz_curve, member_bound

from .markets import market_of, random_market


def test_introductions_of_each_member():
    side, chosen = np.array([0, 0, 2, 2], dtype=np.int32), np.array([True, True, False, True])
    assert introductions_of(side, chosen, 4).tolist() == [2, 0, 1, 0]


def test_coverage_is_of_those_who_take_part():
    assert coverage(np.array([1, 0, 2, 0]), np.array([1, 1, 2, 0])) == pytest.approx(2 / 3)
    assert coverage(np.array([0]), np.array([0])) == 0


@pytest.mark.parametrize(
    ("exposure", "expected"), [([3, 3, 3], 0), ([0, 0, 0, 4], 0.75), ([1, 3], 0.25), ([0, 0], 0), ([], 0)]
)
def test_gini(exposure, expected):
    assert gini(np.array(exposure, dtype=float)) == pytest.approx(expected)


def test_a_lorenz_curve_is_straight_where_all_are_alike():
    straight = np.linspace(0, 1, 41)
    for exposure in ([3, 3, 3], [0, 0], []):
        assert lorenz_curve(np.array(exposure, dtype=float)) == pytest.approx(straight)


def test_a_lorenz_curve_starts_with_the_least_exposed():
    curve = lorenz_curve(np.array([4, 0, 0, 0]))
    assert curve[:31] == [0.0] * 31
    assert curve[30:] == pytest.approx(np.linspace(0, 1, 11))


def test_twice_the_area_above_a_lorenz_curve_is_the_gini_coefficient():
    exposure = np.arange(81) ** 2
    assert 1 - 2 * np.trapezoid(lorenz_curve(exposure), dx=1 / 40) == pytest.approx(gini(exposure), abs=0.01)


def test_longest_wait_is_of_who_is_left_out():
    weeks, introductions, quota = np.array([9.0, 5.0, 30.0]), np.array([1, 0, 0]), np.array([1, 1, 0])
    assert longest_wait(weeks, introductions, quota) == 5
    assert longest_wait(weeks, introductions + 1, quota) == 0


def test_bound_of_a_market_with_one_favourite():
    market = market_of({(0, 0): 0.9, (1, 0): 0.8, (1, 1): 0.2})
    bound = member_bound(market.edges, market.values(), quota_a=market.quota_a, quota_b=market.quota_b)
    assert bound == pytest.approx(0.9 + 0.2)


@pytest.mark.parametrize("seed", range(40))
def test_bound_is_above_every_round(seed):
    market = random_market(seed, most=60)
    bound = member_bound(market.edges, market.values(), quota_a=market.quota_a, quota_b=market.quota_b)
    assert market.total(market.assign()) <= bound + 1e-9
