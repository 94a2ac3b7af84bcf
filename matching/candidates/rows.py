"""Candidates as the page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matching.two_way import TwoWay, in_hundredths, read_two_way
from matching.weeks.finding import read_members
from users.models import User

from .ranking import Candidate


@dataclass(frozen=True)
class Row:
    """Scores are in hundredths: `asks` of how well the candidate is what the member asks for, `asked` the other way."""

    member: User
    score: int
    asks: int
    asked: int
    weeks_waiting: int
    table: TwoWay | None

    @property
    def profile(self) -> Any:
        return getattr(self.member, "profile", None)


def read_rows(candidates: Sequence[Candidate]) -> list[Row]:
    """Return these candidates in their order with member, profile and portrait, in one query."""
    members = {member.pk: member for member in read_members([each.record.id for each in candidates])}
    return [_row(members[each.record.id], each) for each in candidates if each.record.id in members]


def _row(member: User, candidate: Candidate) -> Row:
    return Row(
        member=member,
        score=in_hundredths(candidate.score),
        asks=in_hundredths(candidate.asks),
        asked=in_hundredths(candidate.asked),
        weeks_waiting=int(candidate.record.weeks_waiting),
        table=read_two_way(candidate.explanation.as_json()),
    )
