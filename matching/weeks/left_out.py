"""Whom the last run of a round left out, and why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from matching.forms.search import ANY
from matching.models import LeftOut, MatchWeek
from matching.two_way import in_hundredths
from users.filters import OpenChoiceField
from users.models import Gender, MemberSearch
from ygs_admin.web.keyset import Cursor, KeysetPage, SortKey, bounded_count, read_page

from .conditions import condition_in_words, reason_in_words
from .filter import OfARound

IN_ORDER = (SortKey("user_id"),)


@dataclass(frozen=True)
class Entry:
    """`remaining` says (condition in words, how many possible partners it left); the best score is in hundredths."""

    row: LeftOut
    why: str
    remaining: list[tuple[str, int]]
    best_score: int | None


class LeftOutFilter(OfARound):
    """Owns the list of those left out."""

    listed = "left_out"
    gender = OpenChoiceField(label=_("Gender"), required=False, choices=[ANY, *Gender.choices])
    reason = OpenChoiceField(label=_("Reason"), required=False)

    def prepare(self) -> None:
        self.fields["reason"].choices = [ANY, *_reasons(self.week)]  # type: ignore[attr-defined]

    def read(self, page: str, size: int) -> tuple[KeysetPage, int]:
        """Return one page of those who fit, and their bounded count, in two queries."""
        rows = self.rows()
        return read_page(rows, IN_ORDER, Cursor.decode(page, IN_ORDER, LeftOut), size), bounded_count(rows)

    def rows(self) -> Any:
        asked, rows = self.cleaned_data, LeftOut.objects.of_week(self.week)
        if asked.get("gender"):
            rows = rows.filter(user__gender=asked["gender"])
        if asked.get("reason"):
            rows = rows.filter(reason=asked["reason"])
        if self.understood:
            rows = rows.filter(user__in=MemberSearch.objects.live().matching(self.understood).values("user_id"))
        return rows


def read_entries(week: MatchWeek, page: KeysetPage) -> list[Entry]:
    """Return the entries of a page in its order, each with the member's profile, in one query."""
    keys = [row["pk"] for row in page.rows]
    found = LeftOut.objects.of_week(week).with_member().in_bulk(keys)
    return [_entry(found[key]) for key in keys if key in found]


def _entry(row: LeftOut) -> Entry:
    remaining = [(condition_in_words(code), count) for code, count in row.remaining]
    best = None if row.best_score is None else in_hundredths(row.best_score)
    return Entry(row, reason_in_words(row.reason), remaining, best)


def _reasons(week: MatchWeek) -> list[tuple[str, str]]:
    """Return the reasons that occur in the round, with their words."""
    codes = LeftOut.objects.of_week(week).order_by("reason").values_list("reason", flat=True).distinct()
    return [(code, reason_in_words(code)) for code in codes]
