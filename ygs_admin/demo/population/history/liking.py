"""Whether somebody says yes: the stated wishes, the two temperaments, and a taste that nobody states.

The weights are chosen so that a side accepts about a third of its introductions, that stated wishes tell a little, and
that a history of answers tells much more, as published speed-dating figures have it.
"""

from random import Random

from ..draws import sigmoid
from ..people import Person
from .pairing import Pair

BASE = -1.05
BY_GENDER = {"male": 0.4, "female": -0.4}
READINESS, CHARM, TASTE, WISHES, SHARED_HOBBY = 1.0, 1.05, 0.3, 3.6, 0.2
EXPECTED_SCORE = 0.85


def acceptance(pair: Pair, side: int) -> float:
    """Return the probability that a (side 0) or b (side 1) accepts the other."""
    return sigmoid(_log_odds(pair, side))


def enjoyment(pair: Pair, side: int, rng: Random) -> int:
    """Return how this side rates the meeting, 1 to 5. Both have said yes before, so most meetings go well."""
    return max(1, min(5, round(3.5 + 0.45 * _log_odds(pair, side) + rng.gauss(0, 0.9))))


def _log_odds(pair: Pair, side: int) -> float:
    ways = ((pair.a.person, pair.b.person, pair.score_a_to_b), (pair.b.person, pair.a.person, pair.score_b_to_a))
    one, other, score = ways[side]
    return (
        BASE
        + BY_GENDER[one.gender]
        + READINESS * one.temperament.readiness
        + CHARM * other.temperament.charm
        + TASTE * _likeness(one, other)
        + WISHES * (score - EXPECTED_SCORE)
        + SHARED_HOBBY * len(set(one.lifestyle.hobbies) & set(other.lifestyle.hobbies))
    )


def _likeness(one: Person, other: Person) -> float:
    return sum(mine * yours for mine, yours in zip(one.temperament.taste, other.temperament.taste, strict=True))
