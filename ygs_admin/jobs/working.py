"""Working off one job: taking it, running it, and saying how it ended."""

from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.exceptions import JobAborted

from ygs_admin.web.origin import originating
from ygs_admin.web.viewer import viewed_by

from .errors import JobCanceledError, JobFailedError, RunAgainLaterError, RunLostError, sentence_about
from .kinds import kind_of
from .models import Job, JobStatus
from .run import Run


def work(job_id: str, *, should_stop: Callable[[], bool] = lambda: False) -> None:
    """Run a job to its end: in the language, with the origin and for the eyes of the request that started it.

    A job that is gone, finished or canceled is left as it is: the queue may bring one twice.

    Raises:
        RunAgainLaterError: it did not succeed this time.
        JobAborted: the worker is being stopped.
    """
    job = _take(job_id)
    if job is None:
        return
    with override(job.language), originating(job.started_from), viewed_by(job.staff), suppress(RunLostError):
        _carry_out(Run(job, should_stop=should_stop))


@transaction.atomic
def _take(job_id: str) -> Job | None:
    """Make this the job's run, None where there is nothing to run. Counts go on where items are settled already."""
    job: Job | None = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.is_finished:
        return None
    job.attempt += 1
    job.attempts_left -= 1
    job.status, job.message = JobStatus.RUNNING, ""
    job.started_at = job.started_at or timezone.now()
    job.done_count, job.refused_count = job.items.counts()
    job.save()
    return job


def _carry_out(run: Run) -> None:
    try:
        _run_unless_refused(run)
    except JobFailedError as failure:
        run.finish(JobStatus.FAILED, str(failure))
    except JobCanceledError:
        run.finish(JobStatus.CANCELED)
    except RunLostError:
        raise
    except JobAborted:
        run.release("", attempts_left=run.job.attempts_left + 1)
        raise
    except Exception as error:
        if _is_run_again(run, error):
            raise RunAgainLaterError from error
        raise


def _run_unless_refused(run: Run) -> None:
    kind = kind_of(run.job.kind)
    if kind is None:
        raise JobFailedError(_("This version of the console does not know this kind of job."))
    if not run.job.is_allowed():
        raise JobFailedError(_("Whoever started the job may no longer do this."))
    if run.job.attempts_left < 0:
        raise JobFailedError(_("The job was cut short every time that it ran. Run it again, or ask for help."))
    run.leave_if_canceled()
    kind.run(run)
    if run.job.status == JobStatus.RUNNING:
        run.finish(JobStatus.CANCELED if run.canceled else JobStatus.DONE)


def _is_run_again(run: Run, error: Exception) -> bool:
    """Say on the job what comes of an error. Where the database does not answer either, the sweep says it later."""
    is_last = run.job.attempts_left <= 0
    with suppress(DatabaseError):
        if is_last:
            run.finish(JobStatus.FAILED, sentence_about(error))
        else:
            run.release(sentence_about(error), attempts_left=run.job.attempts_left)
    return not is_last
