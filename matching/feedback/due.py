"""Meetings of which a side has not said anything yet."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from matching.models import MatchFeedback, MatchHistory


def feedback_due(now: datetime) -> Any:
    """Return the introductions whose members met long enough ago to be asked, while one of the two has not been heard.

    `FEEDBACK_DUE_DAYS` after the meeting it falls due; after `FEEDBACK_ASKED_DAYS` nobody is asked any more. Each row
    says which sides are missing (`lacks_a`, `lacks_b`). `console_introductions_met` serves it, the longest overdue
    first.
    """
    due, given_up = (now - timedelta(days=days) for days in (settings.FEEDBACK_DUE_DAYS, settings.FEEDBACK_ASKED_DAYS))
    rows = MatchHistory.objects.filter(met_at__gt=given_up, met_at__lte=due)
    lacks = {f"lacks_{side}": ~Exists(_given_by(f"user_{side}")) for side in "ab"}
    return rows.annotate(**lacks).exclude(lacks_a=False, lacks_b=False).order_by("met_at", "id")


def is_overdue(met_at: datetime, now: datetime) -> bool:
    return met_at <= now - timedelta(days=settings.FEEDBACK_OVERDUE_DAYS)


def _given_by(member: str) -> Any:
    return MatchFeedback.objects.filter(match_history=OuterRef("pk"), user=OuterRef(member))
