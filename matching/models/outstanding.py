"""What introductions are read for on the first page: what is outstanding, and what came of those of the last weeks.

Console indexes serve each scope: their cost is what is outstanding, or what was introduced since, not what there is.
"""

from datetime import datetime
from typing import Any, Self

from django.db.models import Count, DateField, Q
from django.db.models.functions import TruncWeek

from .deadline import DeadlineQuerySet
from .introduction_status import IntroductionStatus, Response


class OutstandingQuerySet(DeadlineQuerySet):
    def introduced_since(self, moment: datetime) -> Self:
        return self.live().filter(introduced_at__gte=moment)

    def outcomes_by_week(self) -> Any:
        """Return a row for each `week` (its Monday): how many were introduced, `accepted` by both, still `waiting`."""
        accepted = Q(a_response=Response.ACCEPTED, b_response=Response.ACCEPTED)
        return (
            self.annotate(week=TruncWeek("introduced_at", output_field=DateField()))
            .values("week")
            .annotate(
                introduced=Count("introduced_at"),
                accepted=Count("introduced_at", filter=accepted),
                waiting=Count("introduced_at", filter=Q(status=IntroductionStatus.INTRODUCED)),
            )
        )
