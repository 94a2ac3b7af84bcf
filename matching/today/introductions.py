"""The chart of introductions by week, and of how many of them both sides accepted."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from matching.models import MatchHistory
from users.today.card import Panel
from users.today.recent import WEEKS, kept_for_a_minute
from ygs_admin.staff.models import Staff
from ygs_admin.web.charts import ColumnChart, Series
from ygs_admin.web.days import midnight, recent_mondays


class Outcome(NamedTuple):
    """How many introductions were accepted by both, still wait for an answer, or came to nothing."""

    accepted: int = 0
    waiting: int = 0
    neither: int = 0

    @property
    def decided(self) -> int:
        return self.accepted + self.neither


def outcomes_by_week(mondays: list[date]) -> list[Outcome]:
    """Return what became of the introductions of each week, in one query."""
    rows = MatchHistory.objects.introduced_since(midnight(mondays[0])).outcomes_by_week()
    found = {
        row["week"]: Outcome(row["accepted"], row["waiting"], row["introduced"] - row["accepted"] - row["waiting"])
        for row in rows
    }
    return [found.get(monday, Outcome()) for monday in mondays]


def _chart(staff: Staff) -> ColumnChart:
    mondays = recent_mondays(WEEKS)
    outcomes = kept_for_a_minute("introductions", mondays, outcomes_by_week)
    together = Outcome(*(sum(part) for part in zip(*outcomes, strict=True)))
    return ColumnChart(
        key="introductions",
        title=_("Introductions by week"),
        summary=_summary(together),
        labels_title=_("Week from"),
        marks_title=_("Mutual accept rate"),
        labels=[f"{monday:%m/%d}" for monday in mondays],
        series=[
            Series(_("Both accepted"), "strong", [week.accepted for week in outcomes]),
            Series(_("Not accepted by both"), "faint", [week.neither for week in outcomes]),
            Series(_("Answer outstanding"), "soft", [week.waiting for week in outcomes]),
        ],
        marks=[_rate(week) for week in outcomes],
    )


def _summary(outcome: Outcome) -> str:
    if not outcome.decided:
        return _("None has been answered in %(weeks)s weeks") % {"weeks": WEEKS}
    return _("Both accepted %(rate)s of those answered in %(weeks)s weeks") % {"rate": _rate(outcome), "weeks": WEEKS}


def _rate(outcome: Outcome) -> str:
    """Return the share of those decided that both accepted, nothing where none is decided yet."""
    return f"{outcome.accepted / outcome.decided:.0%}" if outcome.decided else ""


INTRODUCTIONS_BY_WEEK = Panel("introductions_by_week", "partials/chart.html", "matching.view_matchhistory", _chart)
