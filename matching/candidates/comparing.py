"""Candidates of one member side by side."""

from dataclasses import dataclass
from typing import Any

from matching.models import MatchWeek
from matching.two_way import Line, TwoWay, read_two_way
from users.models import User

from .obstacles import judge


@dataclass(frozen=True)
class Column:
    """One candidate: `table` has the member's own direction first, None for somebody of the same gender."""

    member: User
    table: TwoWay | None
    hindrances: list[str]
    wishes: list[str]

    @property
    def obstacles(self) -> list[str]:
        """Return everything that stands against the pair."""
        return [*self.hindrances, *self.wishes]

    @property
    def profile(self) -> Any:
        return getattr(self.member, "profile", None)


@dataclass(frozen=True)
class Wish:
    """A wish of the member; `met` says how each column meets it, None where there is no score."""

    label: str
    is_must_have: bool
    asked: str
    met: list[Line | None]


def compared(member: User, others: list[User], week: MatchWeek) -> list[Column]:
    return [_column(member, other, week) for other in others]


def _column(member: User, other: User, week: MatchWeek) -> Column:
    verdict = judge(member, other, week)
    table = read_two_way(verdict.explanation.as_json()) if verdict.explanation else None
    return Column(other, table, verdict.hindrances, verdict.wishes)


def wishes_met(columns: list[Column]) -> list[Wish]:
    """Return the member's own wishes, which are the same whoever is compared."""
    ways = [column.table.a_to_b.lines if column.table else None for column in columns]
    first = next((lines for lines in ways if lines), [])
    return [
        Wish(line.label, line.is_must_have, line.asked, [lines[at] if lines else None for lines in ways])
        for at, line in enumerate(first)
    ]
