"""What the last run of a round found, and what became of its pairs, as shares."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from matching.models import IntroductionStatus, MatchHistory, MatchWeek, Response, WeekStatus

MUTUAL = "mutual_accept_rate"
# What a pair has been that both have accepted.
ACCEPTED = (
    IntroductionStatus.ACCEPTED,
    IntroductionStatus.DATE_FIXED,
    IntroductionStatus.MET,
    IntroductionStatus.NO_SHOW,
    IntroductionStatus.DATING,
    IntroductionStatus.MARRIED,
    IntroductionStatus.ENDED,
)


@dataclass(frozen=True)
class Outcome:
    """`pairs` of the round, and the share of those introduced in which both accepted; None where none was."""

    pairs: int
    mutual_rate: float | None


def outcomes_of(weeks: Iterable[MatchWeek]) -> dict[str, Outcome]:
    """Return what became of each round, by its id, in one query; a closed round's summary has it already."""
    known = {week.pk: kept for week in weeks if (kept := _kept(week))}
    open_weeks = [week.pk for week in weeks if week.pk not in known]
    return known | _counted(open_weeks)


def _kept(week: MatchWeek) -> Outcome | None:
    summary = week.summary if isinstance(week.summary, dict) else {}
    if week.status != WeekStatus.CLOSED or MUTUAL not in summary:
        return None
    return Outcome(summary.get("pairs") or 0, summary[MUTUAL])


def _counted(week_ids: list[str]) -> dict[str, Outcome]:
    both = Q(a_response=Response.ACCEPTED, b_response=Response.ACCEPTED) | Q(status__in=ACCEPTED)
    rows = (
        MatchHistory.objects.filter(match_week__in=week_ids)
        .order_by()
        .values("match_week_id")
        .annotate(
            pairs=Count("pk"),
            introduced=Count("pk", filter=Q(introduced_at__isnull=False)),
            mutual=Count("pk", filter=both),
        )
    )
    counted = {row["match_week_id"]: _outcome(row) for row in rows}
    return {key: counted.get(key, Outcome(0, None)) for key in week_ids}


def _outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(row["pairs"], row["mutual"] / row["introduced"] if row["introduced"] else None)


def coverage_of(week: MatchWeek) -> list[tuple[str, float]]:
    """Return gender → the share of the eligible whom the last run introduces, as far as the summary says."""
    coverage = week.summary.get("coverage") if isinstance(week.summary, dict) else None
    found = coverage.items() if isinstance(coverage, dict) else ()
    return [(gender, share) for gender, share in found if isinstance(share, int | float)]
