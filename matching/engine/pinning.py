"""Pairs that staff have decided on already."""

from collections import Counter
from collections.abc import Collection, Iterable

from .edges import Edges
from .excluding import Excluded
from .market import Market
from .obstacles import why_not
from .results import FLOOR, QUOTA, Pair
from .scoring import score_pairs
from .settings import EngineSettings

NOT_ELIGIBLE = "not_eligible"


class PinImpossibleError(ValueError):
    """A pinned pair cannot be: `pair` says which; `reason` is an obstacle's code, `quota`, or `not_eligible`."""

    def __init__(self, pair: Pair, reason: str) -> None:
        super().__init__(f"{pair[0]} and {pair[1]} are pinned, but may not be introduced: {reason}")
        self.pair = pair
        self.reason = reason


def pins_of(
    market: Market,
    pinned: Iterable[Pair],
    settings: EngineSettings,
    *,
    introduced: Collection[Pair],
    forbidden: Collection[Pair],
) -> Edges:
    """Return the pins with their scores; raises `PinImpossibleError` for the first that cannot be.

    A pin may fall below the floor: that is for staff to judge. What the members insist on is not.
    """
    pairs = sorted({(min(pair), max(pair)) for pair in pinned})
    members = {member.id: member for side in (market.men, market.women) for member in side.members}
    for a, b in pairs:
        if a not in members or b not in members:
            raise PinImpossibleError((a, b), NOT_ELIGIBLE)
        for obstacle in why_not(members[a], members[b], settings, introduced=introduced, forbidden=forbidden):
            if obstacle.code != FLOOR:
                raise PinImpossibleError((a, b), obstacle.code)
    _check_quotas(market, pairs)
    found = Excluded.of(market, pairs)
    return Edges(found.a, found.b, score_pairs(market, found.a, found.b).mutual)


def _check_quotas(market: Market, pairs: Iterable[Pair]) -> None:
    sides = (market.men, market.women)
    left = Counter(
        {member.id: int(quota) for side in sides for member, quota in zip(side.members, side.quota, strict=True)}
    )
    for pair in pairs:
        left.subtract(pair)
        if min(left[pair[0]], left[pair[1]]) < 0:
            raise PinImpossibleError(pair, QUOTA)
