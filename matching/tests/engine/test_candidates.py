from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.candidates import best_candidates
from matching.engine.edges import Edges
from matching.engine.market import Market
from matching.engine.members import MemberRecord
from matching.engine.results import Pair, Phase
from matching.engine.settings import AcceptancePriors, EngineSettings

from . import reference
from .drawing import markets

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)


def named(market: Market, edges: Edges) -> dict[Pair, float]:
    """Return the pairs by ids, the man first, with their scores."""
    pairs = zip(edges.a, edges.b, edges.score, strict=True)
    return {(market.men.members[a].id, market.women.members[b].id): float(score) for a, b, score in pairs}


@settings(deadline=None)
@given(markets(), st.integers(1, 4), st.sampled_from([(1, 1), (3, 2), (256, 1024)]), st.randoms())
def test_everybody_s_best_are_found_and_nobody_impossible(
    members: list[MemberRecord], count: int, size: tuple[int, int], random: Random
) -> None:
    rules = EngineSettings(candidates=count, priors=PRIORS)
    market = Market.of(members, rules)
    men, women = market.men.members, market.women.members
    barred = [(man.id, woman.id) for man in men for woman in women if random.random() < 0.2]
    found = named(market, best_candidates(market, rules, barred, rows=size[0], columns=size[1]))
    possible = {
        (man.id, woman.id): reference.mutual(man, woman, PRIORS)
        for man in men
        for woman in women
        if reference.is_possible(man, woman, rules, PRIORS, barred)
    }

    assert found.keys() <= possible.keys()
    for side in (0, 1):
        for member in (men, women)[side]:
            scores = sorted((score for pair, score in possible.items() if pair[side] == member.id), reverse=True)
            mine = sorted((score for pair, score in found.items() if pair[side] == member.id), reverse=True)
            assert mine[:count] == pytest.approx(scores[:count], abs=1e-4)


def many(number: int, seed: int = 0) -> list[MemberRecord]:
    years = np.random.default_rng(seed).integers(1980, 1995, number)
    return [MemberRecord(f"usr_{each:026d}", ("male", "female")[each % 2], int(years[each])) for each in range(number)]


@pytest.mark.parametrize(("rows", "columns"), [(1, 1000), (7, 11), (64, 64), (1000, 1)])
def test_the_size_of_blocks_makes_no_difference(rows: int, columns: int) -> None:
    rules = EngineSettings(candidates=5)
    market = Market.of(many(200), rules)
    expected = named(market, best_candidates(market, rules))

    assert named(market, best_candidates(market, rules, rows=rows, columns=columns)) == expected


def test_the_order_of_the_members_makes_no_difference() -> None:
    rules, members = EngineSettings(candidates=5), many(100)
    market = Market.of(members, rules)
    shuffled = Market.of([members[n] for n in np.random.default_rng(3).permutation(100)], rules)

    assert named(shuffled, best_candidates(shuffled, rules)) == named(market, best_candidates(market, rules))


def test_equal_partners_are_spread_over_the_members_by_the_seed() -> None:
    """Nobody asks for anything: by order of index everybody would be given the same five."""
    found = {}
    for seed in (1, 2):
        rules = EngineSettings(candidates=5, seed=seed)
        market = Market.of(many(400), rules)
        edges = best_candidates(market, rules)
        found[seed] = named(market, edges)
        assert np.bincount(edges.b).max() < 25
    assert found[1] != found[2]


def test_progress_is_told_block_by_block() -> None:
    told: list[tuple[Phase, int, int]] = []
    rules = EngineSettings(candidates=5)
    best_candidates(Market.of(many(40), rules), rules, progress=lambda *each: told.append(each), rows=10, columns=10)

    assert told == [("candidates", done, 4) for done in (1, 2, 3, 4)]


def test_what_progress_raises_stops_the_search() -> None:
    asked: list[int] = []

    def cancel(phase: Phase, done: int, total: int) -> None:
        asked.append(done)
        raise InterruptedError

    rules = EngineSettings(candidates=5)
    with pytest.raises(InterruptedError):
        best_candidates(Market.of(many(400), rules), rules, progress=cancel, rows=2, columns=2)
    assert asked == [1]


@pytest.mark.parametrize("gender", ["male", "female", "other"])
def test_a_market_of_one_side_has_no_candidates(gender: str) -> None:
    rules = EngineSettings()
    members = [each._replace(gender=gender) for each in many(3)]

    assert len(best_candidates(Market.of(members, rules), rules)) == 0


def test_more_members_than_fit_a_key_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.engine.candidates.MOST_OTHERS", 10)
    rules = EngineSettings()

    with pytest.raises(ValueError, match="at most 10 members"):
        best_candidates(Market.of(many(22), rules), rules)
