"""One run of a job: what its kind's `run` is given to work with."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import JobAborted

from ygs_admin.staff.models import Staff

from .errors import JobCanceledError, RunLostError
from .kinds import note_cut_short
from .models import Job, JobItem, JobStatus, Outcome
from .models.item import WELL
from .models.result_file import keep_file

FLUSH_SECONDS = 0.5
"""How often progress is written at most; a job that is canceled or lost notices it as late as that."""
BATCH = 100


class Run:
    """Everything that it writes to the job's row is written on the condition that the job is still this run's."""

    def __init__(self, job: Job, *, should_stop: Callable[[], bool] = lambda: False) -> None:
        self.job = job
        self._should_stop = should_stop
        self._flushed_at = 0.0

    @property
    def parameters(self) -> dict[str, Any]:
        return dict(self.job.parameters)

    @property
    def staff(self) -> Staff:
        return self.job.staff

    def total(self, count: int) -> None:
        """Say how many there are to do; until then the page shows no share."""
        self.job.total = count
        self.flush()

    def phase(self, label: str, total: int | None = None) -> None:
        """Begin another phase: the page shows its name while it lasts, and what is done is counted anew."""
        self.job.message, self.job.total = label, total
        self.job.done_count = self.job.refused_count = 0
        self.flush()

    def advance(self, *, done: int = 0, refused: int = 0) -> None:
        """Say how many more are done. Written at most every `FLUSH_SECONDS`, so it may be called for each one."""
        self.job.done_count += done
        self.job.refused_count += refused
        if time.monotonic() - self._flushed_at >= FLUSH_SECONDS:
            self.flush()

    @property
    def canceled(self) -> bool:
        """Tell whether somebody has canceled the job: ask between batches, and return."""
        if time.monotonic() - self._flushed_at >= FLUSH_SECONDS:
            self.flush()
        return self.job.cancel_requested_at is not None

    def leave_if_canceled(self) -> None:
        """Ask between batches where there is more to leave than a loop.

        Raises:
            JobCanceledError: somebody has canceled the job; nothing need be caught.
        """
        if self.canceled:
            raise JobCanceledError(self.job.pk)

    def items(self, size: int = BATCH) -> Iterator[list[JobItem]]:
        """Yield what is left to do, in its order, a batch at a time, until there is no more or the job is canceled.

        Settle each of a batch before the next is asked for.
        """
        position = 0
        while not self.canceled:
            batch = list(self.job.items.waiting().filter(position__gt=position)[:size])
            if not batch:
                return
            yield batch
            position = batch[-1].position

    def settle(self, item: JobItem, outcome: Outcome, message: str = "") -> None:
        """Note what became of an item, its version too where the run gave it another one.

        In the transaction of its change, so that both are done once.
        """
        item.outcome, item.message = outcome, message
        item.save(update_fields=["outcome", "message", "version"])
        is_well = outcome in WELL
        self.advance(done=int(is_well), refused=int(not is_well))

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Open a transaction in which the job is this run's and no other's, whatever became of its worker.

        Raises:
            RunLostError: it no longer is.
        """
        with transaction.atomic():
            if not self._mine().select_for_update().exists():
                raise RunLostError(self.job.pk)
            yield

    def keep_file(self, content: bytes | BinaryIO, *, filename: str, content_type: str) -> None:
        """Keep the job's file and be done, both in one transaction: the last thing that a run does.

        Raises:
            StorageError: S3 failed, and nothing is kept.
        """
        with keep_file(self.job, content, filename=filename, content_type=content_type):
            self.finish(JobStatus.DONE, expires_at=self.job.expires_at, **_columns(self.job))

    def flush(self) -> None:
        """Write how far the job has come, and read whether it was canceled.

        Raises:
            RunLostError: another worker has the job, or it is finished.
            JobAborted: this worker is being stopped; the queue gives the job to another.
        """
        self._flushed_at = time.monotonic()
        if self._should_stop():
            raise JobAborted
        counted = {"done_count": self.job.done_count, "refused_count": self.job.refused_count}
        self._write(total=self.job.total, message=self.job.message, **counted)
        self.job.refresh_from_db(fields=["cancel_requested_at"])

    @transaction.atomic
    def finish(self, status: JobStatus, message: str = "", **columns: Any) -> None:
        """End the job this way; `message` is for people."""
        if status != JobStatus.DONE:
            note_cut_short(self.job)
        well, otherwise = self.job.items.counts()
        if well or otherwise:
            # What was settled in a transaction that failed was counted as well.
            self.job.done_count, self.job.refused_count = well, otherwise
        counted = {"done_count": self.job.done_count, "refused_count": self.job.refused_count}
        self._write(status=status, message=message, finished_at=timezone.now(), **counted, **columns)
        self.job.status = status

    def release(self, message: str, *, attempts_left: int) -> None:
        """Let the job wait for its next run."""
        self._write(status=JobStatus.WAITING, message=message, attempts_left=attempts_left)
        self.job.status = JobStatus.WAITING

    def _write(self, **columns: Any) -> None:
        if not self._mine().update(**columns):
            raise RunLostError(self.job.pk)

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, status=JobStatus.RUNNING)


def _columns(job: Job) -> dict[str, str]:
    return {
        "result_key": job.result_key,
        "result_filename": job.result_filename,
        "result_content_type": job.result_content_type,
    }
