"""A large market's candidates, foreseen from a sample."""

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.engine import competing
from matching.engine.contest import Contest
from matching.engine.edges import Edges
from matching.engine.excluding import Excluded
from matching.engine.improving import GOOD_ENOUGH, improve
from matching.engine.market import Market
from matching.engine.members import MemberRecord
from matching.engine.pricing import Prices, Pricing
from matching.engine.settings import AcceptancePriors, EngineSettings
from matching.engine.solving import solve
from matching.engine.sweeping import WHOLE

from . import reference
from .drawing import markets
from .favourites import favourites
from .test_pricing import no_report

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)
RULES = EngineSettings(candidates=5, priors=PRIORS)
LARGE = 2 * competing.LEAST
"""Just large enough for a sample."""


@pytest.fixture
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(competing, "LEAST", 2)
    monkeypatch.setattr(competing, "SHARE", 2)


def decided(market: Market, edges: Edges, rules: EngineSettings) -> Contest:
    return Contest.decide(market, edges, competing.NO_PAIRS, competing.NO_PAIRS, rules.fairness, lambda: None)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(markets(), st.randoms())
def test_nobody_impossible_competes(two_are_many, members: list[MemberRecord], random: Random) -> None:
    market = Market.of(members, RULES)
    barred = [(a.id, b.id) for a in members for b in members if a.gender != b.gender and random.random() < 0.2]
    found = competing.competing(market, RULES, Excluded.of(market, barred), no_report)
    for a, b in zip(found.a, found.b, strict=True):
        man, woman = market.men.members[a], market.women.members[b]
        assert reference.is_possible(man, woman, RULES, PRIORS, barred)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(markets(), st.randoms())
def test_the_order_of_the_members_makes_no_difference(
    two_are_many, members: list[MemberRecord], random: Random
) -> None:
    again = random.sample(members, len(members))
    assert solve(members, RULES).pairs == solve(again, RULES).pairs


def test_those_foreseen_come_nearer_to_the_best_than_those_worth_most_by_themselves() -> None:
    rules = EngineSettings(candidates=30)
    market = Market.of(favourites(LARGE), rules)
    nobody = Excluded.of(market, [])
    by_themselves = Pricing(market, Prices.free(market), rules, nobody).search(30, no_report).pairs
    foreseen = decided(market, competing.competing(market, rules, nobody, no_report), rules)
    _best, bound = improve(foreseen, rules, nobody, no_report)

    assert foreseen.total > 0.99 * bound
    assert decided(market, by_themselves, rules).total < 0.9 * bound


def test_a_large_market_is_proved_to_be_good_enough() -> None:
    objective = solve(favourites(LARGE), EngineSettings(candidates=10)).summary["objective"]

    assert objective["loss_at_most"] <= GOOD_ENOUGH
    assert objective["greedy"] < objective["total"]


def test_quotas_of_none_and_of_several_are_kept() -> None:
    members = favourites(LARGE, quota=2)
    members = [each._replace(quota=0) if place % 5 == 0 else each for place, each in enumerate(members)]
    result = solve(members, EngineSettings(candidates=10, quota=2))
    given_to = np.unique([member_id for pair in result.pairs for member_id in (pair.a, pair.b)], return_counts=True)
    counts = dict(zip(*given_to, strict=True))

    assert max(counts.values()) == 2
    assert not {each.id for each in members if each.quota == 0} & counts.keys()
    assert result.summary["objective"]["loss_at_most"] <= 0.01


def test_progress_never_goes_back_from_the_sample_to_the_whole() -> None:
    told: list[tuple[int, int]] = []
    market = Market.of(favourites(LARGE), RULES)
    competing.competing(market, RULES, Excluded.of(market, []), lambda done, total: told.append((done, total)))
    done = [each for each, _total in told]

    assert done == sorted(done)
    assert {total for _done, total in told} == {WHOLE}
    assert done[-1] == WHOLE


def test_what_progress_raises_stops_the_sample() -> None:
    def cancel(_done: int, _total: int) -> None:
        raise InterruptedError

    market = Market.of(favourites(LARGE), RULES)
    with pytest.raises(InterruptedError):
        competing.competing(market, RULES, Excluded.of(market, []), cancel)
