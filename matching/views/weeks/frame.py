"""What every page of a round shows around its own: where the round stands, what comes next, the ways through it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import MatchWeek, WeekStatus
from matching.pair_verbs import CHANGEABLE
from matching.pair_verbs import PERMISSION as CHANGE_PAIRS
from matching.week_verbs import offered_on
from matching.weeks.progress import failure_of, latest_job, progress_of
from matching.weeks.steps import steps_of
from ygs_admin.jobs.models import Job
from ygs_admin.web.access import StaffRequest

TABS: dict[str, tuple[str | Promise, str]] = {
    "pairs": (_("Pairs"), "matching:week"),
    "answers": (_("Answers"), "matching:week_answers"),
    "left_out": (_("Left out"), "matching:week_left_out"),
    "forbidden": (_("Forbidden"), "matching:week_forbidden"),
    "summary": (_("Summary"), "matching:week_summary"),
    "settings": (_("Settings"), "matching:week_settings"),
}
SENT = (WeekStatus.PUBLISHED, WeekStatus.CLOSED)


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    url: str
    is_current: bool


def frame(request: StaffRequest, week: MatchWeek, tab: str) -> dict[str, Any]:
    """Return the context of `matching/weeks/_head.html`; it costs a query or two.

    Call it before the rest of the page is read: the round's job may have finished since the round was read, which is
    then read again.
    """
    latest = latest_job(week)
    job = latest if latest is not None and not latest.is_finished else None
    if latest is not None and job is None:
        week.refresh_from_db()
    return {
        "week": week,
        "steps": steps_of(week),
        "verbs": offered_on(week, job, request.user),
        "add_url": _add_url(request, week, tab) if _may_add(request, week, job) else "",
        "failure": failure_of(latest),
        "run": progress_of(job) if job else None,
        "tabs": [
            Tab(label, reverse(name, args=[week.pk]), key == tab)
            for key, (label, name) in TABS.items()
            if key != "answers" or week.status in SENT
        ],
    }


def _add_url(request: StaffRequest, week: MatchWeek, tab: str) -> str:
    """Return where a pair is added; it leads back to the list of pairs as it is filtered."""
    url = reverse("matching:week_add", args=[week.pk])
    return f"{url}?{urlencode({'next': request.get_full_path()})}" if tab == "pairs" else url


def _may_add(request: StaffRequest, week: MatchWeek, job: Job | None) -> bool:
    return job is None and week.status in CHANGEABLE and request.user.has_perm(CHANGE_PAIRS)
