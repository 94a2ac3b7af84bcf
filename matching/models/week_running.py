"""Running a round in the background: one run at a time, however often it is asked for."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from users.models.access import Action
from users.models.status import VerbRefusedError
from ygs_admin.jobs.errors import JobRefusedError
from ygs_admin.jobs.models import Job
from ygs_admin.staff.models import Staff

from .week_row import JOB_PARAMETER, UNPUBLISHED, WeekRow, WeekStatus

RUN = "match_round"
RUNNABLE = (*UNPUBLISHED, WeekStatus.GENERATING)


class Runs(WeekRow):
    class Meta:
        abstract = True

    @property
    def status_without_run(self) -> WeekStatus:
        """Return what the round is while nothing runs: in review once a run has succeeded."""
        return WeekStatus.REVIEW if self.generated_at else WeekStatus.DRAFT

    def run(self, *, by: Staff) -> Job:
        """Let the engine propose the round in the background; return the job, that which runs already if there is one.

        `cancel_run` is the inverse until it is done.

        Raises:
            VerbRefusedError: the round is published, or being published.
        """
        with transaction.atomic():
            week = self.locked()
            job = week.unfinished_job()
            if job is not None and job.kind == RUN:
                return job
            if job is not None:
                raise VerbRefusedError(_("This round is being worked on in the background. Wait until that is done."))
            week.refuse_unless_in(RUNNABLE)
            week.status = WeekStatus.GENERATING
            week.save_recorded(Action.UPDATE, by=by)
            job = Job.start(RUN, by=by, parameters={JOB_PARAMETER: week.pk})
        self.refresh_from_db()
        return job

    def cancel_run(self, *, by: Staff) -> bool:
        """Stop the run; the round stays as it was before. False where none runs.

        Raises:
            VerbRefusedError: the run was done in the meantime.
        """
        job = self.unfinished_job()
        if job is None or job.kind != RUN:
            return False
        try:
            canceled = job.cancel(by=by)
        except JobRefusedError as refusal:
            raise VerbRefusedError(str(refusal)) from refusal
        self.refresh_from_db()
        return canceled

    def leave_run(self) -> None:
        """Take back that the round is being run. Call it inside a transaction, with the round locked."""
        if self.status == WeekStatus.GENERATING:
            self.status = self.status_without_run
            self.save()
