"""Why a pair scores what it does: the same tables that score it, read group by group."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import groups
from .encoding import BROKEN, UNIT
from .market import Asking, Market
from .members import MemberRecord
from .results import Direction, GroupFit, PairExplanation
from .settings import AcceptancePriors, EngineSettings


def explain(a: MemberRecord, b: MemberRecord, settings: EngineSettings) -> PairExplanation:
    """Explain any man and woman, possible or not; raises ValueError for two members of one gender.

    Gives what the round gives if `settings.priors` are those that the round learned (its summary holds them).
    """
    market = market_of_two(a, b, settings)
    if len(market.men) != 1 or len(market.women) != 1:
        raise ValueError(f"{a.id} and {b.id} are not a man and a woman.")
    explanation = explain_pair(market, 0, 0)
    return explanation if market.men.members[0] is a else turned(explanation)


def market_of_two(a: MemberRecord, b: MemberRecord, settings: EngineSettings) -> Market:
    """Return the market of these two alone, in which their own answers are not the mean to judge them by."""
    return Market.of((a, b), replace(settings, priors=settings.priors or AcceptancePriors()))


def turned(explanation: PairExplanation) -> PairExplanation:
    return replace(explanation, a_to_b=explanation.b_to_a, b_to_a=explanation.a_to_b)


def explain_pair(market: Market, man: int, woman: int) -> PairExplanation:
    """Explain a pair of positions; `a` is the man."""
    a_to_b, b_to_a = _direction(market.men_ask, man, woman), _direction(market.women_ask, woman, man)
    total = a_to_b.score + b_to_a.score
    least = min(a_to_b.score, b_to_a.score)
    return PairExplanation(2 * a_to_b.score * b_to_a.score / total if least > 0 else 0.0, a_to_b, b_to_a)


def _direction(asking: Asking, i: int, j: int) -> Direction:
    rows = list(_rows(asking, i, j))
    weight = int(asking.askers.weight[i])
    is_broken = any(row.units == BROKEN for row in rows)
    preference = (sum(row.counted for row in rows) + int(asking.askers.base[i])) / (weight * UNIT)
    acceptance = float(asking.askers.gives[i] * asking.others.gets[j])
    score = 0.0 if is_broken else preference * acceptance
    return Direction(score, preference, acceptance, tuple(row.shown(weight) for row in rows))


@dataclass(frozen=True, slots=True)
class _Row:
    """A stated wish and the other's value; `units` are its entry in the table."""

    group: groups.Group
    asked: object
    weight: int
    is_must_have: bool
    has: object
    units: int

    @property
    def counted(self) -> int:
        return 0 if self.units == BROKEN else self.units

    def shown(self, total: int) -> GroupFit:
        return GroupFit(
            group=self.group.name,
            is_must_have=self.is_must_have,
            weight=self.weight,
            asked=self.group.shown(self.asked),
            has=self.has,
            fit=None if self.has is None else self.counted / (self.weight * UNIT),
            contribution=self.counted / (total * UNIT),
        )


def _rows(asking: Asking, i: int, j: int) -> Iterator[_Row]:
    columns = zip(groups.ALL, asking.tables, asking.askers.columns, asking.others.columns, strict=True)
    for group, table, asks, has in columns:
        wish_class, value_class = asks.wish_of[i], has.value_of[j]
        wish = asks.wishes[wish_class]
        if wish is not None:
            asked, weight, is_must_have = wish
            units = int(table[wish_class, value_class])
            yield _Row(group, asked, weight, is_must_have, has.values[value_class], units)
