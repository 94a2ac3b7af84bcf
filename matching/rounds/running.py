"""The background job in which the engine proposes a round."""

from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.phases import Phases
from matching.engine.results import Phase
from matching.models.week import MatchWeek, WeekStatus
from matching.models.week_row import JOB_PARAMETER
from matching.models.week_running import RUN, RUNNABLE
from ygs_admin.jobs.errors import JobFailedError
from ygs_admin.jobs.kinds import JobKind, Step, register_kind
from ygs_admin.jobs.models import Job
from ygs_admin.jobs.run import Run
from ygs_admin.staff.models import Staff

from .eligibility import subscribed_members
from .loading import load_round
from .solving import is_possible, solve_loaded
from .writing import write_round

PERMISSION = "matching.change_matchweek"
PHASES: dict[Phase, str | Promise] = {
    "loading": gettext_lazy("Loading the members (1 of 5)"),
    "candidates": gettext_lazy("Looking for the best partners of each (2 of 5)"),
    "assignment": gettext_lazy("Choosing the best set of pairs (3 of 5)"),
    "explaining": gettext_lazy("Explaining the choice (4 of 5)"),
    "writing": gettext_lazy("Writing the round (5 of 5)"),
}


class Reporting:
    """What the engine tells its progress: the job's page shows it, and a job that was canceled is left."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._phase: Phase | None = None

    def __call__(self, phase: Phase, done: int, total: int) -> None:
        if phase != self._phase:
            self._phase = phase
            self._run.phase(str(PHASES[phase]), total)
        self._run.advance(done=done - self._run.job.done_count)
        self._run.leave_if_canceled()


def run_round(run: Run) -> None:
    """Load, solve, write. Until the last transaction is committed, the round and its pairs are what they were."""
    week, progress = _begin(run), Reporting(run)
    settings, count, phases = week.round_settings.engine, subscribed_members(week).count(), Phases(progress)
    with phases.phase("loading"):
        phases.report("loading", 0, count)
        loaded = load_round(
            week,
            is_possible=partial(is_possible, settings=settings),
            loaded=lambda done: phases.report("loading", min(done, count), count),
        )
    result = solve_loaded(loaded, settings, progress)
    phases.report("writing", 0, len(result.pairs))
    write_round(run, week, result, phases)


def _begin(run: Run) -> MatchWeek:
    """Mark the round as running: a job that is run again after it failed finds the mark gone."""
    with transaction.atomic():
        week = locked_week(run.job)
        if week is None or week.is_deleted:
            raise JobFailedError(_("This round is no longer there."))
        with run.holding():
            if _newer_job(run.job, week):
                raise JobFailedError(_("Another job works on this round by now."))
            if week.status not in RUNNABLE:
                raise JobFailedError(_("This round is published."))
            week.status = WeekStatus.GENERATING
            week.save()
    return week


def locked_week(job: Job) -> MatchWeek | None:
    """Return the round that a job works on, locked, deleted or not; None where it is gone."""
    rows: Any = MatchWeek.all_objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(pk=job.parameters[JOB_PARAMETER]).first()  # type: ignore[no-any-return]


def _newer_job(job: Job, week: MatchWeek) -> bool:
    newest = week.unfinished_job()
    return newest is not None and newest.pk != job.pk


def _cut_short(job: Job) -> None:
    """Let the round be what it was before, unless a newer job works on it."""
    week = locked_week(job)
    if week is not None and not _newer_job(job, week):
        week.leave_run()


def describe(job: Job) -> str:
    week = MatchWeek.all_objects.filter(pk=job.parameters[JOB_PARAMETER]).first()
    return str(week or "")


def steps(job: Job, staff: Staff) -> list[Step]:
    if not staff.has_perm("matching.view_matchweek"):
        return []
    return [Step(gettext_lazy("To the round"), reverse("matching:week", args=[job.parameters[JOB_PARAMETER]]))]


register_kind(
    JobKind(
        RUN, gettext_lazy("Run of a round"), PERMISSION, run_round, describe=describe, steps=steps, cut_short=_cut_short
    )
)
