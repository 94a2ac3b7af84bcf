"""The best partners for one member."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from .excluding import Excluded
from .market import MALE, Market
from .members import MemberRecord
from .proposing import best_first, proposed
from .results import Pair, ProposedPair
from .scoring import score_pairs
from .settings import EngineSettings

Positions = NDArray[np.int64]


def rank_partners(
    member: MemberRecord,
    others: Sequence[MemberRecord],
    settings: EngineSettings,
    *,
    excluded: Collection[Pair] = (),
    limit: int | None = None,
) -> list[ProposedPair]:
    """Return the possible pairs of the member with one of the others, best first, equal ones by id.

    The others may be of any gender, and the member among them. Rates of acceptance are compared with those of all who
    are given, unless `settings.priors` say otherwise. Takes about 25 µs for each of the others, and 60 µs for each pair
    returned, of which there are `limit` at most.
    """
    market = Market.of([member, *(other for other in others if other.id != member.id)], settings)
    men, women = _opposite(market, member)
    scores = score_pairs(market, men, women)
    possible = scores.reach(settings.floor) & ~Excluded.of(market, excluded).holds(men, women)
    order = np.argsort(-scores.mutual[possible], kind="stable")[:limit]
    pairs = zip(men[possible][order], women[possible][order], strict=True)
    return best_first(proposed(market, int(man), int(woman)) for man, woman in pairs)


def _opposite(market: Market, member: MemberRecord) -> tuple[Positions, Positions]:
    """Return the positions of the men and of the women of all pairs with the member."""
    own, others = (market.men, market.women) if member.gender == MALE else (market.women, market.men)
    them = np.arange(len(others) if member.id in own.position else 0)
    me = np.full(len(them), own.position.get(member.id, 0))
    return (me, them) if own is market.men else (them, me)
