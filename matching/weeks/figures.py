"""The figures of a round: what its last run found, and how its pairs score now.

A summary of an older or newer version lacks some of them: what is not there is not shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField
from django.db.models.functions import Cast, Floor, Least
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.acceptance import MOST
from matching.models import MatchHistory, MatchWeek
from users.models import Gender

from .conditions import reason_in_words
from .drawing import Bar, Bin, bars, curve, histogram

BINS = 20
TOTALS = {
    "total": gettext_lazy("This round"),
    "greedy": gettext_lazy("Best first, one by one"),
    "bound": gettext_lazy("No round can be above"),
}
PHASES = {
    "loading": gettext_lazy("Loading"),
    "candidates": gettext_lazy("Candidates"),
    "assignment": gettext_lazy("Assignment"),
    "explaining": gettext_lazy("Explaining"),
    "writing": gettext_lazy("Writing"),
}


@dataclass(frozen=True)
class Lorenz:
    """How unequally one gender has been shown to others: the Gini coefficient and, where known, the curve's points."""

    label: str | Promise
    gini: str
    points: str


@dataclass(frozen=True)
class Figures:
    coverage: list[Bar]
    totals: list[Bar]
    scores: list[Bin]
    waits: list[Bar]
    exposure: list[Lorenz]
    left_out: list[Bar]
    seconds: list[Bar]
    memory: list[Bar]


def figures_of(week: MatchWeek) -> Figures:
    """Return the figures; how the pairs score now is counted, in one query."""
    summary = week.summary if isinstance(week.summary, dict) else {}
    return Figures(
        coverage=_by_gender(summary, "coverage", _percent, full=1.0),
        totals=_totals(_section(summary, "objective")),
        scores=histogram(_scores(week)),
        waits=_by_gender(summary, "longest_wait", _weeks),
        exposure=_exposure(summary),
        left_out=_left_out(summary),
        seconds=_of_phases(summary, "seconds", _seconds),
        memory=_of_phases(summary, "peak_mb", _megabytes),
    )


def _section(summary: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    section = summary.get(key)
    return section if isinstance(section, dict) else {}


def _numbers(summary: Mapping[str, Any], key: str) -> list[tuple[str, float]]:
    """Return (name, number) of a section of the summary, without what is no number."""
    return [(name, value) for name, value in _section(summary, key).items() if isinstance(value, int | float)]


def _by_gender(
    summary: Mapping[str, Any], key: str, written: Callable[[float], str], *, full: float | None = None
) -> list[Bar]:
    labels = dict(Gender.choices)
    return bars([(labels.get(name, name), n, written(n)) for name, n in _numbers(summary, key)], full=full)


def _totals(objective: Mapping[str, Any]) -> list[Bar]:
    known = [(label, objective[key]) for key, label in TOTALS.items() if isinstance(objective.get(key), int | float)]
    return bars([(label, value, f"{value:,.2f}") for label, value in known])


def _of_phases(summary: Mapping[str, Any], key: str, written: Callable[[float], str]) -> list[Bar]:
    phases = _section(summary, "phases")
    measured = [(label, _section(phases, phase).get(key)) for phase, label in PHASES.items()]
    return bars([(label, value, written(value)) for label, value in measured if isinstance(value, int | float)])


def _left_out(summary: Mapping[str, Any]) -> list[Bar]:
    commonest_first = sorted(_numbers(summary, "left_out"), key=lambda counted: -counted[1])
    return bars([(reason_in_words(code), count, _grouped(count)) for code, count in commonest_first])


def _exposure(summary: Mapping[str, Any]) -> list[Lorenz]:
    labels, curves = dict(Gender.choices), _section(summary, "exposure_curve")
    return [
        Lorenz(labels.get(gender, gender), f"{gini:.2f}", _curve(curves.get(gender)))
        for gender, gini in _numbers(summary, "exposure_gini")
    ]


def _curve(shares: Any) -> str:
    """Return the curve of cumulative shares at equal steps of the members, the least shown first."""
    if not isinstance(shares, list) or len(shares) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    return curve([(at / (len(shares) - 1), share) for at, share in enumerate(shares)])


def _scores(week: MatchWeek) -> list[int]:
    """Count the round's pairs by score, in equal parts from 0 to the most that there is, in one query."""
    part = Least(Cast(Floor(F("score") * BINS / MOST), IntegerField()), BINS - 1)
    rows = MatchHistory.objects.of_week(week).filter(score__gte=0).order_by()
    counted = dict(rows.annotate(part=part).values("part").annotate(pairs=Count("pk")).values_list("part", "pairs"))
    return [counted.get(at, 0) for at in range(BINS)]


def _percent(share: float) -> str:
    return f"{round(share * 100)}%"


def _weeks(weeks: float) -> str:
    return _("%(weeks)s weeks") % {"weeks": f"{weeks:.0f}"}


def _seconds(seconds: float) -> str:
    return _("%(seconds)s s") % {"seconds": f"{seconds:.1f}"}


def _megabytes(peak: float) -> str:
    return f"{_grouped(peak)} MB"


def _grouped(number: float) -> str:
    return f"{number:,.0f}"
