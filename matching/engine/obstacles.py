"""Why two members may not be introduced to each other."""

from collections.abc import Collection, Iterator

from .explaining import explain_pair, market_of_two
from .members import MemberRecord
from .results import FLOOR, FORBIDDEN, GENDER, INTRODUCED, MUST_HAVE, Direction, Obstacle, Pair
from .scoring import TOLERANCE
from .settings import EngineSettings


def why_not(
    a: MemberRecord,
    b: MemberRecord,
    settings: EngineSettings,
    *,
    introduced: Collection[Pair] = (),
    forbidden: Collection[Pair] = (),
) -> list[Obstacle]:
    """Return everything that stands against a pair, nothing where it is possible.

    Pairs may be given in either order of their members, as everywhere in the engine. Quotas are no obstacle.
    """
    market = market_of_two(a, b, settings)
    if len(market.men) != 1 or len(market.women) != 1:
        return [Obstacle(GENDER)]
    explanation = explain_pair(market, 0, 0)
    man, woman = market.men.members[0], market.women.members[0]
    return [
        *_wishes_of(man, explanation.a_to_b, settings.floor),
        *_wishes_of(woman, explanation.b_to_a, settings.floor),
        *(Obstacle(code) for code, pairs in ((INTRODUCED, introduced), (FORBIDDEN, forbidden)) if _holds(pairs, a, b)),
    ]


def _wishes_of(member: MemberRecord, direction: Direction, floor: float) -> Iterator[Obstacle]:
    """Yield each must-have that is not met; where all are, the floor if it is not reached."""
    broken = [fit for fit in direction.groups if fit.is_must_have and fit.fit != 1]
    for fit in broken:
        yield Obstacle(MUST_HAVE, member.id, fit.group, fit.asked, fit.has)
    if not broken and not (direction.score > 0 and direction.score >= floor - TOLERANCE):
        yield Obstacle(FLOOR, member.id, None, floor, direction.score)


def _holds(pairs: Collection[Pair], a: MemberRecord, b: MemberRecord) -> bool:
    return (a.id, b.id) in pairs or (b.id, a.id) in pairs
