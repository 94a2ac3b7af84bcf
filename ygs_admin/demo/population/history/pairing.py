"""Choosing a round's pairs: those who waited longest first, each with the best of a few possible partners at hand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from ..draws import happens
from ..memberships import Membership
from ..people import Person
from ..places import region_of
from ..rows import Json
from .compatibility import directional_score, meets_must_haves, mutual_score
from .explaining import explain_way
from .weeks import MINIMUM_SCORE, Week

SHARE = (0.2, 0.3)  # of the scarcer gender's free members whom a round introduces
TRIES = 9  # possible partners looked at for one member
BY_HAND = 0.08
AGAINST_A_CONDITION = 0.4  # of the pairs made by hand: staff may overrule a hard condition after talking to both


@dataclass(frozen=True)
class Use:
    """An introduction of the present term, used up when its round was published."""

    introduction_id: str
    at: datetime


@dataclass
class Participant:
    person: Person
    membership: Membership
    free_from: datetime
    uses: list[Use] = field(default_factory=list)

    @property
    def used(self) -> int:
        return len(self.uses)

    def takes_part(self, week: Week) -> bool:
        """Tell whether the member can be introduced in this round: free, within a term, with introductions left."""
        term = self.membership
        if self.free_from > week.opened_at or term.since > week.opened_at or term.until <= week.published_at:
            return False
        total = term.plan.introductions
        return total is None or self.used < total or week.published_at < term.starts_at

    def uses_one(self, week: Week, introduction_id: str) -> None:
        """Count an introduction where it falls into the present term."""
        if week.is_published and week.published_at >= self.membership.starts_at:
            self.uses.append(Use(introduction_id, week.published_at))


@dataclass(frozen=True)
class Pair:
    """`a` is the one with the smaller id. Scores are rounded as they are stored."""

    a: Participant
    b: Participant
    score: float
    score_a_to_b: float
    score_b_to_a: float
    a_grades: dict[str, float]
    b_grades: dict[str, float]
    is_by_hand: bool

    @property
    def key(self) -> tuple[int, int]:
        return self.a.person.index, self.b.person.index

    def explanation(self, *, in_full: bool) -> Json:
        """Return what the rounds explain of a pair; else only each side's grades of the other, group by group."""
        if not in_full:
            return {"a_to_b": _rounded(self.a_grades), "b_to_a": _rounded(self.b_grades)}
        a, b = self.a.person, self.b.person
        return {
            "score": self.score,
            "a_to_b": explain_way(a, b, self.score_a_to_b),
            "b_to_a": explain_way(b, a, self.score_b_to_a),
        }


class Pairing:
    """One round's choice among the members who take part; `introduced_before` holds the keys of all earlier pairs."""

    def __init__(self, eligible: Sequence[Participant], introduced_before: set[tuple[int, int]], rng: Random) -> None:
        self._rng = rng
        self._introduced_before = introduced_before
        self.men = [one for one in eligible if one.person.gender == "male"]
        self.women = [one for one in eligible if one.person.gender == "female"]
        self._women_by_region: dict[str, list[Participant]] = defaultdict(list)
        for woman in self.women:
            self._women_by_region[region_of(woman.person.profile.district)].append(woman)
        self._taken: set[int] = set()

    def pairs(self) -> list[Pair]:
        wanted = round(min(len(self.men), len(self.women)) * self._rng.uniform(*SHARE))
        at_hand = self._rng.sample(self.men, min(len(self.men), wanted * 2))
        at_hand.sort(key=lambda man: man.free_from)
        found = (self._best_for(man) for man in at_hand[: round(wanted * 1.15)])
        return [pair for pair in found if pair][:wanted]

    def _best_for(self, man: Participant) -> Pair | None:
        nearby = self._women_by_region[region_of(man.person.profile.district)] or self.women
        is_by_hand = happens(BY_HAND, self._rng)
        may_overrule = is_by_hand and happens(AGAINST_A_CONDITION, self._rng)
        best: Pair | None = None
        for _try in range(TRIES):
            woman = self._rng.choice(nearby)
            if not self._is_possible(man, woman, may_overrule):
                continue
            pair = paired(man, woman, is_by_hand=is_by_hand)
            if pair.score >= (best.score if best else MINIMUM_SCORE):
                best = pair
        if best:
            self._taken.add((best.b if best.a is man else best.a).person.index)
        return best

    def _is_possible(self, man: Participant, woman: Participant, may_overrule: bool) -> bool:
        one, other = man.person, woman.person
        if other.index in self._taken or _key(one, other) in self._introduced_before:
            return False
        return may_overrule or (meets_must_haves(one.wishes, other) and meets_must_haves(other.wishes, one))


def paired(one: Participant, other: Participant, *, is_by_hand: bool) -> Pair:
    a, b = (one, other) if one.person.id < other.person.id else (other, one)
    a_to_b, a_grades = directional_score(a.person.wishes, b.person)
    b_to_a, b_grades = directional_score(b.person.wishes, a.person)
    return Pair(
        a=a,
        b=b,
        score=round(mutual_score(a_to_b, b_to_a), 4),
        score_a_to_b=round(a_to_b, 4),
        score_b_to_a=round(b_to_a, 4),
        a_grades=a_grades,
        b_grades=b_grades,
        is_by_hand=is_by_hand,
    )


def _key(one: Person, other: Person) -> tuple[int, int]:
    return (one.index, other.index) if one.id < other.id else (other.index, one.index)


def _rounded(grades: dict[str, float]) -> dict[str, float]:
    return {group: round(value, 2) for group, value in grades.items()}
