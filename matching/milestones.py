"""What introductions say about how far a member's subscription has been delivered."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from users.subscriptions.milestones import Milestones

from .models import MatchHistory, PastIntroduction


def introduction_milestones(user_id: str, since: datetime, until: datetime) -> Milestones:
    """Return the milestones of the member's live introductions, of which only times within the period count."""
    return _milestones(MatchHistory.objects.of_member(user_id), since, until)


def past_milestones(user_id: str, since: datetime, until: datetime) -> Milestones:
    """Return those of introductions to members who have been destroyed since."""
    return _milestones(PastIntroduction.objects.of_member(user_id), since, until)


def _milestones(introductions: Any, since: datetime, until: datetime) -> Milestones:
    def within(column: str) -> Q:
        return Q(**{f"{column}__gte": since, f"{column}__lte": until})

    return Milestones(
        **introductions.order_by().aggregate(
            first_introduced_at=Min("introduced_at", filter=within("introduced_at")),
            first_date_fixed_at=Min("date_fixed_at", filter=within("date_fixed_at")),
            meetings=Count("pk", filter=within("met_at")),
        )
    )
