"""What is put in order every now and then: jobs that nobody works on, files and jobs whose time is over."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from .kinds import note_cut_short
from .models import Job, JobStatus
from .models.result_file import expire_files

KEPT = timedelta(days=30)
"""A job's parameters may name members: they are kept no longer than somebody may ask what the job did."""
BATCH = 100


def fail_lost() -> int:
    """Fail the unfinished jobs that the queue knows nothing of any more; return how many.

    A job and its task are made together, and the task ends after its job: what is found here was cut off while the
    database did not answer.
    """
    queued = ProcrastinateJob.objects.filter(lock=OuterRef("pk"), status__in=("todo", "doing"))
    lost = Job.objects.unfinished().filter(~Exists(queued))
    return sum(_fail(job) for job in lost)


def sweep_files() -> int:
    return expire_files(Job.objects.all())


def delete_old() -> int:
    """Delete the jobs that were finished long ago and have no file any more, with their items; return how many."""
    deleted = 0
    over = Job.objects.finished().filter(finished_at__lt=timezone.now() - KEPT, result_key="")
    while keys := list(over.values_list("pk", flat=True)[:BATCH]):
        deleted += len(keys)
        Job.objects.filter(pk__in=keys).delete()
    return deleted


def _fail(job: Job) -> int:
    with override(job.language):
        message = _("The job was cut short. Run it again.")
    still = Job.objects.unfinished().filter(pk=job.pk, attempt=job.attempt)
    with transaction.atomic():
        failed = int(still.update(status=JobStatus.FAILED, message=message, finished_at=timezone.now()))
        if failed:
            note_cut_short(job)
    return failed
