"""Ways of choosing the pairs of a round: the engine's, and what it is compared with."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.engine.baselines import deferred_acceptance, greedy, random_pairs
from matching.engine.edges import Edges
from matching.engine.market import Market
from matching.engine.members import MemberRecord
from matching.engine.results import Pair
from matching.engine.scoring import PairScores, score_pairs
from matching.engine.settings import EngineSettings
from matching.engine.solving import solve

Chosen = tuple[NDArray[np.integer], NDArray[np.integer]]
"""Positions of the men and, parallel, of the women."""


@dataclass(frozen=True)
class Situation:
    """What is known before a round; `met[man, woman]` tells who has been introduced."""

    men: list[MemberRecord]
    women: list[MemberRecord]
    met: NDArray[np.bool_]
    settings: EngineSettings
    number: int


def by_engine(now: Situation) -> Chosen:
    men, women = ({member.id: place for place, member in enumerate(side)} for side in (now.men, now.women))
    introduced: list[Pair] = [(now.men[a].id, now.women[b].id) for a, b in np.argwhere(now.met).tolist()]
    pairs = solve([*now.men, *now.women], now.settings, introduced=introduced).pairs
    sides = [(pair.a, pair.b) if pair.a in men else (pair.b, pair.a) for pair in pairs]
    return np.array([men[man] for man, _ in sides], np.int32), np.array([women[woman] for _, woman in sides], np.int32)


def by_greed(now: Situation) -> Chosen:
    market, edges, _scores = possible(now)
    return _pairs(edges, greedy(edges, value=edges.score, quota_a=market.men.quota, quota_b=market.women.quota))


def by_stability(now: Situation) -> Chosen:
    """Gale and Shapley's, the men proposing, each side preferring whom it scores higher."""
    market, edges, scores = possible(now)
    quotas = {"quota_a": market.men.quota, "quota_b": market.women.quota}
    return _pairs(edges, deferred_acceptance(edges, a_to_b=scores.forth, b_to_a=scores.back, **quotas))


def by_chance(now: Situation) -> Chosen:
    market, edges, _scores = possible(now)
    return _pairs(edges, random_pairs(edges, seed=now.number, quota_a=market.men.quota, quota_b=market.women.quota))


def possible(now: Situation) -> tuple[Market, Edges, PairScores]:
    """Return all pairs that the engine could have: it and the others choose from the same ones, by the same scores."""
    market = Market.of([*now.men, *now.women], now.settings)
    a, b = (each.ravel() for each in np.indices(now.met.shape))
    scores = score_pairs(market, a, b)
    may_be = scores.reach(now.settings.floor) & ~now.met.ravel()
    edges = Edges(a[may_be].astype(np.int32), b[may_be].astype(np.int32), scores.mutual[may_be])
    return market, edges, PairScores(scores.forth[may_be], scores.back[may_be])


def _pairs(edges: Edges, chosen: NDArray[np.bool_]) -> Chosen:
    return edges.a[chosen], edges.b[chosen]


POLICIES: dict[str, Callable[[Situation], Chosen]] = {
    "engine": by_engine,
    "greedy by score": by_greed,
    "Gale-Shapley": by_stability,
    "random": by_chance,
}
