"""How far the job is that works on a round: its phases, and how much of the present one is done."""

from dataclasses import dataclass

from django.utils.translation import override

from matching.models import MatchWeek
from matching.models.week_row import JOB_PARAMETER
from matching.models.week_running import RUN
from matching.rounds.running import PHASES
from ygs_admin.jobs.models import Job, JobStatus


@dataclass(frozen=True)
class PhaseState:
    """`state` is `done`, `current` or `ahead`."""

    label: str
    state: str


@dataclass(frozen=True)
class Progress:
    job: Job
    phases: list[PhaseState]


def latest_job(week: MatchWeek) -> Job | None:
    """Return the job that works on the round or did so last, None where none did in the last weeks."""
    jobs = Job.objects.filter(parameters__contains={JOB_PARAMETER: week.pk})
    latest: Job | None = jobs.order_by("-created_at", "-pk").first()
    return latest


def failure_of(job: Job | None) -> str:
    """Return why the round's last job failed, empty where it did not."""
    return job.message if job is not None and job.status == JobStatus.FAILED else ""


def progress_of(job: Job) -> Progress:
    return Progress(job, _phases(job) if job.kind == RUN else [])


def _phases(job: Job) -> list[PhaseState]:
    """Return the phases of a run: the job says the present one in the language of whoever started it."""
    with override(job.language):
        said = [str(label) for label in PHASES.values()]
    reached = said.index(job.message) if job.message in said else -1
    return [PhaseState(str(label), _state(at, reached)) for at, label in enumerate(PHASES.values())]


def _state(at: int, reached: int) -> str:
    return "current" if at == reached else "done" if at < reached else "ahead"
