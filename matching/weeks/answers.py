"""The answers of a round: what each side said, and what is overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.forms.search import ANY
from matching.models import IntroductionStatus, MatchHistory, MatchWeek, Response
from ygs_admin.web.keyset import Cursor, KeysetPage, SortKey, bounded_count, read_page

from .filter import OfARound, with_member

IN_ORDER = (SortKey("id"),)
PENDING = Q(a_response=Response.PENDING) | Q(b_response=Response.PENDING)
OUTSTANDING = Q(status=IntroductionStatus.INTRODUCED) & PENDING
STATES = {
    "outstanding": (_("Not answered yet"), OUTSTANDING),
    "accepted": (_("Both accepted"), Q(a_response=Response.ACCEPTED, b_response=Response.ACCEPTED)),
    "declined": (_("Declined"), Q(status=IntroductionStatus.DECLINED)),
    "lapsed": (_("Lapsed"), Q(status=IntroductionStatus.EXPIRED)),
    "unsent": (_("Not introduced"), Q(introduced_at__isnull=True)),
}
OVERDUE = "overdue"


@dataclass(frozen=True)
class Answer:
    """One side's answer; `is_overdue` where it is outstanding and the days to answer are over."""

    member: Any
    response: str
    label: str
    responded_at: Any
    is_overdue: bool

    @property
    def is_pending(self) -> bool:
        return self.response == Response.PENDING


class AnswerFilter(OfARound):
    """Owns the grid of answers."""

    listed = "answers"
    state = forms.ChoiceField(
        label=_("Answers"),
        required=False,
        choices=[ANY, (OVERDUE, _("Overdue")), *((key, label) for key, (label, _condition) in STATES.items())],
    )

    def read(self, page: str, size: int) -> tuple[KeysetPage, int]:
        """Return one page of the pairs that fit, and their bounded count, in two queries."""
        rows = self.rows()
        return read_page(rows, IN_ORDER, Cursor.decode(page, IN_ORDER, MatchHistory), size), bounded_count(rows)

    def rows(self) -> Any:
        rows, state = MatchHistory.objects.of_week(self.week), self.cleaned_data.get("state")
        if state == OVERDUE:
            rows = rows.filter(OUTSTANDING) if is_over(self.week) else rows.none()
        elif state:
            rows = rows.filter(STATES[state][1])
        if self.understood:
            rows = rows.filter(with_member(self.understood))
        return rows


@dataclass(frozen=True)
class Row:
    pair: Any
    answers: tuple[Answer, Answer]


def due_at(week: MatchWeek) -> datetime | None:
    """Return until when the introductions of a published round can be answered."""
    published_at: datetime | None = week.published_at
    return None if published_at is None else published_at + timedelta(days=week.round_settings.answer_days)


def is_over(week: MatchWeek) -> bool:
    due = due_at(week)
    return due is not None and due <= timezone.now()


def read_rows(week: MatchWeek, page: KeysetPage) -> list[Row]:
    """Return the rows of a page in its order, with both members, in one query."""
    keys = [row["pk"] for row in page.rows]
    found = MatchHistory.objects.of_week(week).select_related("user_a", "user_b").defer("explanation").in_bulk(keys)
    overdue = is_over(week)
    return [_row(found[key], overdue=overdue) for key in keys if key in found]


def count_by_state(week: MatchWeek) -> dict[str, int]:
    """Return how many pairs of the round are in each state, in one query."""
    counted = {key: Count("pk", filter=condition) for key, (_label, condition) in STATES.items()}
    return dict(MatchHistory.objects.of_week(week).order_by().aggregate(**counted))


def _row(pair: Any, *, overdue: bool) -> Row:
    overdue = overdue and pair.status == IntroductionStatus.INTRODUCED
    first, second = (
        Answer(
            member=getattr(pair, f"user_{side}"),
            response=getattr(pair, f"{side}_response"),
            label=getattr(pair, f"get_{side}_response_display")(),
            responded_at=getattr(pair, f"{side}_responded_at"),
            is_overdue=overdue and getattr(pair, f"{side}_response") == Response.PENDING,
        )
        for side in "ab"
    )
    return Row(pair, (first, second))
