"""What the search at given prices finds, against every pair looked at by itself."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.excluding import Excluded
from matching.engine.market import Market
from matching.engine.members import MemberRecord
from matching.engine.pricing import JITTER, NEVER, Prices, Pricing
from matching.engine.results import Pair
from matching.engine.settings import AcceptancePriors, EngineSettings

from . import reference
from .drawing import markets

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)
RULES = EngineSettings(priors=PRIORS, fairness=0.2)


def no_report(_done: int, _total: int) -> None:
    pass


def drawn(members: list[MemberRecord], random: Random) -> tuple[Pricing, np.ndarray]:
    """Return a market at random prices, and what each pair gains, `float64[men, women]`; -9 if it is not possible."""
    market = Market.of(members, RULES)
    men, women = market.men.members, market.women.members
    barred = [(man.id, woman.id) for man in men for woman in women if random.random() < 0.2]
    of_men, of_women = ([random.choice([0, 0.3, 0.7, NEVER]) for _each in side] for side in (men, women))
    gains = np.full((len(men), len(women)), -9.0)
    for i, man in enumerate(men):
        for j, woman in enumerate(women):
            if reference.is_possible(man, woman, RULES, PRIORS, barred):
                waiting = RULES.fairness * (market.men.wait[i] + market.women.wait[j])
                gains[i, j] = reference.mutual(man, woman, PRIORS) + waiting - of_men[i] - of_women[j]
    return Pricing(market, Prices(np.array(of_men), np.array(of_women)), RULES, Excluded.of(market, barred)), gains


@settings(deadline=None)
@given(
    markets(),
    st.randoms(),
    st.integers(1, 4),
    st.sampled_from([0.0, -1.0]),
    st.sampled_from([(1, 1), (3, 2), (256, 9)]),
)
def test_everybody_s_most_promising_pairs_are_found_give_or_take_the_jitter(
    members: list[MemberRecord], random: Random, count: int, least: float, size: tuple[int, int]
) -> None:
    pricing, gains = drawn(members, random)
    pairs = pricing.search(count, no_report, least=least, rows=size[0], columns=size[1]).pairs

    assert (gains[pairs.a, pairs.b] > least - JITTER - 1e-5).all()
    for own, others, all_gains in ((pairs.a, pairs.b, gains), (pairs.b, pairs.a, gains.T)):
        for member, mine in enumerate(all_gains):
            found = np.sort(mine[others[own == member]])[::-1][:count]
            expected = np.sort(mine[mine > least + 1e-5])[::-1][:count]
            assert len(found) >= len(expected)
            assert (found[: len(expected)] >= expected - JITTER - 1e-5).all()


@settings(deadline=None)
@given(markets(), st.randoms())
def test_the_greatest_gain_of_each_member_is_found(members: list[MemberRecord], random: Random) -> None:
    pricing, gains = drawn(members, random)
    for of_men, of_women in (pricing.greatest(no_report), pricing.search(1, no_report).greatest):
        assert of_men == pytest.approx(gains.max(axis=1, initial=0), abs=1e-5)
        assert of_women == pytest.approx(gains.max(axis=0, initial=0), abs=1e-5)


def many(number: int, seed: int = 0) -> list[MemberRecord]:
    years = np.random.default_rng(seed).integers(1980, 1995, number)
    return [MemberRecord(f"usr_{each:026d}", ("male", "female")[each % 2], int(years[each])) for each in range(number)]


def free(members: list[MemberRecord], seed: int = 1) -> Pricing:
    rules = EngineSettings(seed=seed)
    market = Market.of(members, rules)
    return Pricing(market, Prices.free(market), rules, Excluded.of(market, []))


def five(pricing: Pricing, **sizes: Any) -> dict[Pair, float]:
    """Return everybody's five best, by ids, the man first, with their scores."""
    edges, men, women = pricing.search(5, no_report, **sizes).pairs, pricing.market.men, pricing.market.women
    pairs = zip(edges.a, edges.b, edges.score, strict=True)
    return {(men.members[a].id, women.members[b].id): float(score) for a, b, score in pairs}


@pytest.mark.parametrize(("rows", "columns"), [(1, 1000), (7, 11), (64, 64), (1000, 1)])
def test_the_size_of_blocks_makes_no_difference(rows: int, columns: int) -> None:
    pricing = free(many(200))
    assert five(pricing, rows=rows, columns=columns) == five(pricing)


def test_the_order_of_the_members_makes_no_difference() -> None:
    members = many(100)
    assert five(free([members[n] for n in np.random.default_rng(3).permutation(100)])) == five(free(members))


def test_equal_partners_are_spread_over_the_members_by_the_seed() -> None:
    """Nobody asks for anything: by order of index everybody would be given the same five."""
    found = [five(free(many(400), seed)) for seed in (1, 2)]
    for pairs in found:
        times = np.unique([woman for _man, woman in pairs], return_counts=True)[1]
        assert max(times) < 25
    assert found[0] != found[1]


def test_progress_is_told_block_by_block() -> None:
    told: list[tuple[int, int]] = []
    free(many(40)).search(5, lambda done, total: told.append((done, total)), rows=10, columns=10)

    assert told == [(done, 4) for done in (1, 2, 3, 4)]


def test_what_progress_raises_stops_the_search() -> None:
    asked: list[int] = []

    def cancel(done: int, total: int) -> None:
        asked.append(done)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        free(many(400)).search(5, cancel, rows=2, columns=2)
    assert asked == [1]


@pytest.mark.parametrize("gender", ["male", "female", "other"])
def test_a_market_of_one_side_has_no_candidates(gender: str) -> None:
    assert five(free([each._replace(gender=gender) for each in many(3)])) == {}


def test_more_members_than_fit_a_key_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.engine.sweeping.MOST", 10)
    with pytest.raises(ValueError, match="at most 10 members"):
        five(free(many(22)))
