"""A month's inspection as people read it: what was found check by check, in words, and what was said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from users.audit.entries import Person, people
from users.models import Explanation, Inspection
from ygs_admin.staff.models import Staff

from .checks import CHECKS, Check
from .finding import Finding
from .inspecting import findings_of, rows_of
from .month import Month


@dataclass(frozen=True)
class Line:
    """A finding in words; `note` is why it is in order, empty as long as nobody has said."""

    finding: Finding
    sentence: str
    whom: Person | None
    url: str
    note: str = ""
    said_by: str = ""


@dataclass(frozen=True)
class Part:
    """One check with what it found."""

    check: Check
    lines: list[Line]


@dataclass(frozen=True)
class Report:
    """`late` are what stands out by now in a month that was signed off without it, since rows have arrived later."""

    parts: list[Part]
    rows: int
    signed: Inspection | None = None
    late: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    @property
    def missing(self) -> int:
        return sum(not line.note for line in self.lines)

    @property
    def named(self) -> list[str]:
        """Return the ids of the members who are on the page."""
        whom = [line.whom for line in [*self.lines, *self.late] if line.whom]
        return list(dict.fromkeys(person.id for person in whom))


def report(month: Month, *, reader: Staff) -> Report:
    """Return what stands out in a month; of one that was signed off, what its sign-off kept."""
    signed = Inspection.objects.filter(month=str(month)).first()
    rows = rows_of(month)
    if signed is None:
        found, explained = findings_of(month), Explanation.objects.of_month(month)
        said = {key: (row.note, row.actor_name) for key, row in explained.items()}
        return Report(_parts(lines(found, said, reader=reader)), rows)
    kept = [Finding.from_kept(each) for each in signed.findings]
    said = {each["key"]: (each["note"], "") for each in signed.findings}
    late = _late(month, set(said)) if rows != signed.rows else []
    return Report(_parts(lines(kept, said, reader=reader)), rows, signed, lines(late, {}, reader=reader))


def lines(found: list[Finding], said: Mapping[str, tuple[str, str]], *, reader: Staff) -> list[Line]:
    """Return findings in words; `said` is what stands of them by key, (note, who said so)."""
    known = people((finding.user_id for finding in found if finding.user_id), reader)
    return [
        Line(finding, _sentence(finding), known.get(finding.user_id), _url(finding), *said.get(finding.key, ("", "")))
        for finding in found
    ]


def _late(month: Month, kept: set[str]) -> list[Finding]:
    return [finding for finding in findings_of(month) if finding.key not in kept]


def _parts(shown: list[Line]) -> list[Part]:
    return [Part(check, [line for line in shown if line.finding.check == key]) for key, check in CHECKS.items()]


def _sentence(finding: Finding) -> str:
    numbers: dict[str, Any] = finding.numbers
    return str(CHECKS[finding.check].sentence) % numbers


def _url(finding: Finding) -> str:
    return f"{reverse('users:audit')}?{urlencode(finding.filters)}"
