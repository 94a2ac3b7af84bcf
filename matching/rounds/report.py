"""A round in numbers, for whoever reads no page."""

from typing import Any

from django.db.models import Count

from matching.models import LeftOut, MatchHistory, MatchWeek
from matching.models.introduction_status import Response


def report(week: MatchWeek) -> dict[str, Any]:
    """Return plain JSON: the round's status and times, its pairs by status, its answers, and its last run's summary.

    `mutual_accept_rate` is the share of those introduced whose two sides both accepted, None before the first.
    """
    pairs = MatchHistory.objects.of_week(week)
    by_status = dict(pairs.order_by().values_list("status").annotate(count=Count("pk")))
    introduced = pairs.filter(introduced_at__isnull=False)
    both = introduced.filter(a_response=Response.ACCEPTED, b_response=Response.ACCEPTED).count()
    count = introduced.count()
    return {
        "week": str(week),
        "id": week.pk,
        "status": week.status,
        "pairs": by_status,
        "left_out": LeftOut.objects.of_week(week).count(),
        "introduced": count,
        "mutual_accept_rate": round(both / count, 4) if count else None,
        "awaiting_answer": pairs.awaiting_answer().count(),
        "overdue": pairs.overdue().count(),
        **{name: _time(getattr(week, name)) for name in ("generated_at", "published_at", "closed_at")},
        "settings": week.round_settings.as_json(),
        "summary": week.summary,
    }


def _time(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
