"""Why eligible members are left without a partner."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import groups
from .excluding import Excluded
from .market import Asking, Market
from .results import FLOOR, FORBIDDEN, GENDER, INTRODUCED, OUTBID, QUOTA, THEIR_MUST_HAVES, LeftOut, Pair
from .scoring import PairScores, directional, units

Positions = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LeavingOut:
    """Counts, for the members of one side, the partners that are left after each condition.

    Each condition looks only at those whom the ones before it left: it takes about a millisecond for a member of a
    round of 200,000, and memory for one member's partners.
    """

    asks: Asking
    asked: Asking
    introduced: Excluded
    forbidden: Excluded
    floor: float

    def explain(self, i: int) -> LeftOut:
        """Return why the member at this position of the side is without a partner."""
        member = self.asks.askers.members[i]
        if self.asks.askers.quota[i] == 0:
            return LeftOut(member.id, QUOTA, ())
        steps = [(code, len(left), left) for code, left in self._steps(i)]
        reason = next((code for code, count, _left in steps if count == 0), OUTBID)
        best = float(self._scores(i, steps[-1][2]).mutual.max()) if reason == OUTBID else None
        return LeftOut(member.id, reason, tuple((code, count) for code, count, _left in steps), best)

    def _steps(self, i: int) -> Iterator[tuple[str, Positions]]:
        """Yield each condition with the positions of those who are left after it."""
        left = np.arange(len(self.asks.others))
        yield GENDER, left
        for name, is_met in self._must_haves(i):
            left = left[is_met[left]]
            yield name, left
        left = left[units(self.asked, left, i) >= 0]
        yield THEIR_MUST_HAVES, left
        left = left[self._scores(i, left).reach(self.floor)]
        yield FLOOR, left
        for code, pairs in ((INTRODUCED, self.introduced), (FORBIDDEN, self.forbidden)):
            left = left[~np.isin(left, pairs.partners_of(i))]
            yield code, left

    def _must_haves(self, i: int) -> Iterator[tuple[str, NDArray[np.bool_]]]:
        """Yield the groups that the member insists on, and which of all others meet each."""
        columns = zip(groups.ALL, self.asks.tables, self.asks.askers.columns, self.asks.others.columns, strict=True)
        for group, table, asks, has in columns:
            wish = asks.wishes[asks.wish_of[i]]
            if wish is not None and wish[2]:
                yield group.name, (table[asks.wish_of[i]] >= 0)[has.value_of]

    def _scores(self, i: int, others: Positions) -> PairScores:
        return PairScores(directional(self.asks, i, others), directional(self.asked, others, i))


def sides(
    market: Market, floor: float, *, introduced: Collection[Pair], forbidden: Collection[Pair]
) -> tuple[LeavingOut, LeavingOut]:
    """Return what explains men, and what explains women."""
    met, refused = Excluded.of(market, introduced), Excluded.of(market, forbidden)
    men = LeavingOut(market.men_ask, market.women_ask, met, refused, floor)
    women = LeavingOut(market.women_ask, market.men_ask, met.turned(), refused.turned(), floor)
    return men, women
