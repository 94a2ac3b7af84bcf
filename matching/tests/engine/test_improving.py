"""The result of candidates that are too few, improved, against SciPy's best of all possible pairs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from matching.engine.competing import competing
from matching.engine.contest import Contest
from matching.engine.edges import Edges
from matching.engine.excluding import Excluded
from matching.engine.improving import GOOD_ENOUGH, improve
from matching.engine.market import Market
from matching.engine.members import MemberRecord
from matching.engine.results import Pair
from matching.engine.scoring import score_pairs
from matching.engine.settings import EngineSettings
from matching.engine.sweeping import WHOLE

from .drawing import markets
from .favourites import favourites
from .test_pricing import no_report

NONE = Edges.of([], [], [])


def improved(market: Market, rules: EngineSettings, barred: list[Pair], pins: Edges = NONE) -> tuple[Contest, float]:
    excluded = Excluded.of(market, barred)
    first = Contest.decide(
        market, competing(market, rules, excluded, no_report), pins, NONE, rules.fairness, lambda: None
    )
    return improve(first, rules, excluded, no_report)


def best_of_all(market: Market, rules: EngineSettings, barred: list[Pair]) -> float:
    """Return the best total over all possible pairs: every member stands as often as the quota allows."""
    men, women = (np.repeat(np.arange(len(side)), side.quota) for side in (market.men, market.women))
    a, b = np.meshgrid(men, women, indexing="ij")
    scores = score_pairs(market, a.ravel(), b.ravel())
    possible = scores.reach(rules.floor) & ~Excluded.of(market, barred).holds(a.ravel(), b.ravel())
    waits = market.men.wait[a.ravel()] + market.women.wait[b.ravel()]
    values = np.where(possible, scores.mutual + rules.fairness * waits, 0).reshape(a.shape)
    return float(values[linear_sum_assignment(values, maximize=True)].sum())


@pytest.mark.parametrize("number", [60, 200, 401])
@pytest.mark.parametrize("candidates", [3, 10])
def test_few_candidates_come_to_the_best_of_all_pairs(number: int, candidates: int) -> None:
    rules = EngineSettings(candidates=candidates)
    market = Market.of(favourites(number), rules)
    contest, bound = improved(market, rules, [])
    best = best_of_all(market, rules, [])

    assert contest.total >= (1 - GOOD_ENOUGH) * best - 1e-6
    assert best <= bound + 1e-6
    assert contest.total >= (1 - GOOD_ENOUGH) * bound - 0.01


@settings(deadline=None)
@given(markets(), st.randoms())
def test_the_bound_holds(members: list[MemberRecord], random) -> None:
    """Quotas are one here, so that each pair is met once at most by the oracle too."""
    rules = EngineSettings(candidates=1)
    market = Market.of(members, rules)
    barred = [(a.id, b.id) for a in members for b in members if a.gender != b.gender and random.random() < 0.2]
    contest, bound = improved(market, rules, barred)
    best = best_of_all(market, rules, barred)

    assert contest.total <= best + 1e-5
    assert best <= bound + 1e-5


def test_the_bound_holds_for_several_introductions_each() -> None:
    """The oracle may pair two members twice, so its total is not less than the best."""
    rules = EngineSettings(candidates=2, quota=2)
    market = Market.of(favourites(80, quota=2), rules)
    contest, bound = improved(market, rules, [])

    assert contest.total <= bound <= 1.01 * best_of_all(market, rules, [])
    assert max(map(max, contest.introductions)) == 2


def test_pins_are_given() -> None:
    rules = EngineSettings(candidates=2)
    market = Market.of(favourites(60), rules)
    worst = Edges.of([0], [0], score_pairs(market, np.array([0]), np.array([0])).mutual)
    contest, bound = improved(market, rules, [], worst)

    assert contest.chosen[contest.pinned].all()
    assert contest.total <= bound
    assert contest.total >= (1 - GOOD_ENOUGH) * bound - 0.01


def test_progress_never_goes_back() -> None:
    told: list[tuple[int, int]] = []
    rules = EngineSettings(candidates=1)
    market = Market.of(favourites(300), rules)
    nobody = Excluded.of(market, [])
    candidates = competing(market, rules, nobody, no_report)
    first = Contest.decide(market, candidates, NONE, NONE, rules.fairness, lambda: None)
    improve(first, rules, nobody, lambda done, total: told.append((done, total)))

    done = [each for each, _total in told]
    assert done == sorted(done)
    assert {total for _done, total in told} == {WHOLE}
