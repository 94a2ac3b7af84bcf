"""A round from members to proposals."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

import numpy as np

from .competing import competing
from .contest import Contest
from .edges import Edges
from .excluding import Excluded
from .improving import improve
from .leaving_out import LeavingOut, sides
from .market import Market
from .members import MemberRecord
from .phases import Phases
from .pinning import pins_of
from .proposing import best_first, proposed
from .results import GENDER, LeftOut, Pair, Progress, ProposedPair, RoundResult
from .scoring import scored
from .settings import EngineSettings
from .summary import summarize
from .sweeping import WHOLE, standing

Item = TypeVar("Item")

REPORT_EVERY = 100
"""Members or pairs explained between two reports of progress."""


def solve(
    members: Sequence[MemberRecord],
    settings: EngineSettings,
    *,
    pinned: Collection[Pair] = (),
    forbidden: Collection[Pair] = (),
    introduced: Collection[Pair] = (),
    previous: Collection[Pair] = (),
    progress: Progress | None = None,
) -> RoundResult:
    """Propose the best set of pairs, and say why it is that, and why others are left out.

    Pairs may name either member first. The same members in any order, with the same settings, give the same result to
    the pair. Raises `PinImpossibleError`, ValueError for a member given twice, and whatever `progress` raises.
    """
    if len({member.id for member in members}) < len(members):
        raise ValueError("A member is given twice.")
    met, refused, phases = frozenset(introduced), frozenset(forbidden), Phases(progress)
    with phases.phase("candidates"):
        market = Market.of(members, settings)
        pins = pins_of(market, pinned, settings, introduced=met, forbidden=refused)
        barred = Excluded.of(market, [*met, *refused])
        candidates = competing(market, settings, barred, partial(phases.report, "candidates"))
    with phases.phase("assignment"):
        report = partial(phases.report, "assignment")
        report(0, WHOLE)
        before = _possible(market, settings, previous, barred)
        contest = Contest.decide(market, candidates, pins, before, settings.fairness, standing(report, 0))
        contest, bound = improve(contest, settings, barred, report)
        report(WHOLE, WHOLE)
    with phases.phase("explaining"):
        explained = _Explaining(contest, phases)
        pairs = explained.pairs()
        left_out = explained.left_out(sides(market, settings.floor, introduced=met, forbidden=refused))
        left_out += [LeftOut(member.id, GENDER, ()) for member in members if member.id not in market]
        left_out.sort(key=lambda each: each.id)
    return RoundResult(tuple(pairs), tuple(left_out), summarize(contest, settings, bound, left_out, phases))


def _possible(market: Market, settings: EngineSettings, pairs: Iterable[Pair], barred: Excluded) -> Edges:
    """Return those pairs that may still be."""
    before = Excluded.of(market, pairs)
    is_free = ~barred.holds(before.a, before.b)
    return scored(market, Edges.of(before.a[is_free], before.b[is_free], np.zeros(is_free.sum())), settings.floor)


class _Explaining:
    """Explains what was chosen and who was not, and reports how far it is."""

    def __init__(self, contest: Contest, phases: Phases) -> None:
        self.contest, self.phases = contest, phases
        self.without = [np.flatnonzero(count == 0) for count in contest.introductions]
        self.done, self.total = 0, int(contest.chosen.sum()) + sum(map(len, self.without))

    def pairs(self) -> list[ProposedPair]:
        market, chosen = self.contest.market, self.contest.edges.where(self.contest.chosen)
        couples = zip(chosen.a.tolist(), chosen.b.tolist(), chosen.among(self.contest.pins).tolist(), strict=True)
        pairs = (proposed(market, man, woman, is_pinned=is_pinned) for man, woman, is_pinned in couples)
        return best_first(self._counted(pairs))

    def left_out(self, sides: tuple[LeavingOut, LeavingOut]) -> list[LeftOut]:
        cases = ((side, int(i)) for side, without in zip(sides, self.without, strict=True) for i in without)
        return list(self._counted(side.explain(i) for side, i in cases))

    def _counted(self, items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            yield item
            self.done += 1
            if self.done % REPORT_EVERY == 0 or self.done == self.total:
                self.phases.report("explaining", self.done, self.total)
