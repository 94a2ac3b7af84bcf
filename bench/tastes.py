"""What simulated members really like, and so how they would answer each introduction.

The odds that somebody says yes are those of the demo's people (`ygs_admin.demo.population.history.liking`): readiness,
charm, a taste that likes attract in, and wishes; and a chance for each pair that nothing explains. The wishes that
count here are not those that are stated: what matters to somebody is weighed anew, three in ten of the groups do not
matter at all, and must-haves turn out to be soft.
"""

from dataclasses import dataclass, replace
from random import Random
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.engine.market import Market
from matching.engine.members import MemberRecord
from matching.engine.scoring import score_pairs
from matching.engine.settings import EngineSettings
from ygs_admin.demo.population.history import liking
from ygs_admin.demo.population.people import Person

from .people import record_of

INDIFFERENT = 0.3
CHANCE = 0.5
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Tastes:
    """Members without a history, in the market's orders, and for each two whether he, and she, would say yes."""

    men: list[MemberRecord]
    women: list[MemberRecord]
    he_would: NDArray[np.bool_]
    she_would: NDArray[np.bool_]

    @classmethod
    def of(cls, people: list[Person], seed: int) -> Self:
        """Decide on all answers beforehand: every way of matching these people meets the same ones."""
        rng, by_id = np.random.default_rng(seed), {person.id: person for person in people}
        market = Market.of([_truly(record_of(person), Random(f"{seed} {person.id}")) for person in people], NEUTRAL)
        men, women = ([by_id[member.id] for member in side.members] for side in (market.men, market.women))
        a, b = (each.ravel() for each in np.indices((len(men), len(women))))
        scores = score_pairs(market, a, b)
        likeness = liking.TASTE * _tastes(men) @ _tastes(women).T
        of_his = scores.forth / (market.men.gives[a] * market.women.gets[b])
        of_hers = scores.back / (market.women.gives[b] * market.men.gets[a])
        his = _log_odds(men, women, of_his.reshape(likeness.shape), likeness)
        hers = _log_odds(women, men, of_hers.reshape(likeness.shape).T, likeness.T).T
        return cls(
            [record_of(man) for man in men],
            [record_of(woman) for woman in women],
            _happens(his, rng),
            _happens(hers, rng),
        )


NEUTRAL = replace(EngineSettings(), floor=0)


def _truly(member: MemberRecord, rng: Random) -> MemberRecord:
    """Return the member with the wishes that count."""
    wishes, groups = member.wishes, list(member.wishes.weights)
    ignored = {group for group in groups if rng.random() < INDIFFERENT}
    weights = {group: 1 if group in ignored else rng.randint(2, 5) for group in groups}
    return member._replace(wishes=wishes._replace(must_have=frozenset(), weights=weights))


def _tastes(people: list[Person]) -> Matrix:
    return np.array([person.temperament.taste for person in people])


def _log_odds(people: list[Person], others: list[Person], scores: Matrix, likeness: Matrix) -> Matrix:
    readiness = np.array([person.temperament.readiness for person in people])
    charm = np.array([other.temperament.charm for other in others])
    return (
        liking.BASE
        + liking.BY_GENDER[people[0].gender]
        + liking.READINESS * readiness[:, np.newaxis]
        + liking.CHARM * charm
        + likeness
        + liking.WISHES * (scores - liking.EXPECTED_SCORE)
    )


def _happens(log_odds: Matrix, rng: np.random.Generator) -> NDArray[np.bool_]:
    odds = np.exp(log_odds + rng.normal(0, CHANCE, log_odds.shape))
    says_yes: NDArray[np.bool_] = rng.random(log_odds.shape) < odds / (1 + odds)
    return says_yes
