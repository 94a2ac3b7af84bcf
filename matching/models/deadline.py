"""Until when members have to answer: so many days after they were introduced, as their round says."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from matching.rounds.settings import RoundSettings
from ygs_admin.db.soft_delete import SoftDeleteModel, SoftDeleteQuerySet

from .introduction_status import IntroductionStatus
from .week import MatchWeek


class DeadlineQuerySet(SoftDeleteQuerySet):
    def awaiting_answer(self) -> Self:
        """Return the introductions that one of the two has yet to answer, or both."""
        return self.live().filter(status=IntroductionStatus.INTRODUCED)

    def overdue(self) -> Self:
        """Return those of them that were introduced longer ago than members have to answer."""
        return self.awaiting_answer().filter(_is_over(timezone.now()))

    def in_time(self) -> Self:
        """Return those of them that may still be answered in time."""
        return self.awaiting_answer().exclude(_is_over(timezone.now()))


class HasDeadline(SoftDeleteModel):
    introduced_at: Any
    match_week: Any

    class Meta:
        abstract = True

    @property
    def answer_due_at(self) -> datetime | None:
        """Return the deadline, None before the introduction. Read `match_week` with the row."""
        if self.introduced_at is None:
            return None
        round_settings = self.match_week.round_settings if self.match_week else RoundSettings.read(None)
        return self.introduced_at + timedelta(days=round_settings.answer_days)  # type: ignore[no-any-return]


def _is_over(now: datetime) -> Q:
    """Return the condition as ranges of the bare column: one for the default, one for each other number of days."""
    others = _weeks_by_days()
    named = [week_id for weeks in others.values() for week_id in weeks]
    # Spelled out for null: it is in no list, and not in no list either.
    over = _introduced_before(now, settings.MATCH_ANSWER_DAYS) & (Q(match_week__isnull=True) | ~Q(match_week__in=named))
    for days, weeks in others.items():
        over |= _introduced_before(now, days) & Q(match_week__in=weeks)
    return over


def _introduced_before(now: datetime, days: int) -> Q:
    return Q(introduced_at__lt=now - timedelta(days=days))


def _weeks_by_days() -> dict[int, list[str]]:
    """Return the rounds that give another number of days than the default does."""
    default = settings.MATCH_ANSWER_DAYS
    rows = MatchWeek.all_objects.filter(settings__has_key="answer_days").exclude(settings__answer_days=default)
    found: dict[int, list[str]] = defaultdict(list)
    for week_id, stored in rows.values_list("pk", "settings"):
        days = RoundSettings.read(stored).answer_days
        if days != default:
            found[days].append(week_id)
    return dict(found)
