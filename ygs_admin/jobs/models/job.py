"""A background job as staff see it: what it is, how far it has come, what it left behind."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.jobs.errors import JobRefusedError
from ygs_admin.jobs.kinds import kind_of, note_cut_short
from ygs_admin.jobs.signals import verb_pressed
from ygs_admin.staff.models import Staff
from ygs_admin.web.origin import Origin, current_origin

from .item import JobItem
from .result_file import ResultFile

TASK = "jobs.run"
ATTEMPTS = 4
ITEMS_A_STATEMENT = 1000


class JobStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELED = "canceled", _("Canceled")


UNFINISHED = (JobStatus.WAITING, JobStatus.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def of(self, staff: Staff) -> Self:
        return self.filter(staff=staff)

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def finished(self) -> Self:
        return self.exclude(status__in=UNFINISHED)


class Job(ResultFile):
    """One job. Its row and its task in the queue are made in one transaction, and it is always read from the primary.

    `attempt` counts the runs, and is what a run shows to prove that the job is still its own: a worker that was taken
    for dead and is not finds another number there, and writes nothing more.
    """

    id = PrefixedULIDField(prefix="job", primary_key=True)
    kind = models.TextField()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="jobs")
    parameters = models.JSONField(default=dict)
    origin = models.JSONField(default=dict)
    language = models.TextField()
    status = models.TextField(choices=JobStatus.choices, default=JobStatus.WAITING)
    attempt = models.IntegerField(default=0)
    attempts_left = models.IntegerField(default=ATTEMPTS)
    total = models.IntegerField(null=True)
    done_count = models.IntegerField(default=0)
    refused_count = models.IntegerField(default=0)
    message = models.TextField(default="")
    cancel_requested_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        db_table = "console_jobs"
        default_permissions = ("view", "change")
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        indexes: ClassVar = [
            models.Index(fields=["staff", "-created_at", "-id"], name="console_jobs_mine"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(status__in=["waiting", "running"]),
                name="console_jobs_unfinished",
            ),
            # What the sweep looks for: files whose time is over, and jobs of long ago.
            models.Index(fields=["expires_at"], condition=~models.Q(result_key=""), name="console_jobs_files"),
            models.Index(fields=["finished_at"], name="console_jobs_finished"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    @transaction.atomic
    def start(
        cls, kind: str, *, by: Staff, parameters: Mapping[str, Any] | None = None, items: Iterable[JobItem] = ()
    ) -> Self:
        """Make a job and put it into the queue, both or neither. The caller has checked the kind's permission.

        `items` are unsaved, in their order; what is recorded while the job runs carries this request's origin.
        """
        origin = current_origin()
        job = cls(
            kind=kind,
            staff=by,
            parameters=dict(parameters or {}),
            origin={
                "ip_address": origin.ip_address,
                "user_agent": origin.user_agent,
                "request_id": origin.request_id,
            },
            language=get_language(),
        )
        job.save(force_insert=True)
        job._add(items)
        job._enqueue()
        verb_pressed.send(sender=cls, job=job, by=by, verb="start")
        return job

    @transaction.atomic
    def cancel(self, *, by: Staff) -> bool:
        """Stop the job: at once while it waits, else after the batch at work. False where it is stopped already.

        Raises:
            JobRefusedError: it is finished.
        """
        self._lock()
        if self.status == JobStatus.CANCELED or (self.is_running and self.cancel_requested_at):
            return False
        if self.is_finished:
            raise JobRefusedError(_("This job is finished already."))
        self.cancel_requested_at = timezone.now()
        if self.status == JobStatus.WAITING:
            self.status, self.finished_at, self.message = JobStatus.CANCELED, self.cancel_requested_at, ""
            note_cut_short(self)
        self.save()
        verb_pressed.send(sender=Job, job=self, by=by, verb="cancel")
        return True

    @transaction.atomic
    def run_again(self, *, by: Staff) -> bool:
        """Put a job that failed or was canceled into the queue again; False where it is there.

        What it has done stays done: items are gone on with where they were left, anything else begins anew.

        Raises:
            JobRefusedError: it is done, and there is nothing left to do.
        """
        self._lock()
        if not self.is_finished:
            return False
        if self.status == JobStatus.DONE:
            raise JobRefusedError(_("This job is done. Start a new one."))
        self.status, self.message, self.attempts_left = JobStatus.WAITING, "", ATTEMPTS
        self.cancel_requested_at = self.finished_at = None
        self.save()
        self._enqueue()
        verb_pressed.send(sender=Job, job=self, by=by, verb="run_again")
        return True

    @property
    def is_running(self) -> bool:
        return self.status == JobStatus.RUNNING

    @property
    def is_finished(self) -> bool:
        return self.status not in UNFINISHED

    @property
    def is_being_canceled(self) -> bool:
        return self.is_running and self.cancel_requested_at is not None

    @property
    def settled_count(self) -> int:
        return self.done_count + self.refused_count

    @property
    def started_from(self) -> Origin:
        return Origin(**self.origin)

    @property
    def kind_label(self) -> Any:
        kind = kind_of(self.kind)
        return kind.label if kind else self.kind

    @property
    def description(self) -> str:
        """Return a line about what this job is about, for who started it."""
        kind = kind_of(self.kind)
        return kind.describe(self) if kind else ""

    def is_allowed(self) -> bool:
        """Tell whether who started the job may still do what it does."""
        kind = kind_of(self.kind)
        return kind is not None and self.staff.is_active and self.staff.has_perm(kind.permission)

    def _add(self, items: Iterable[JobItem]) -> None:
        numbered = list(items)
        for position, item in enumerate(numbered, start=1):
            item.job, item.position = self, position
        if numbered:
            JobItem.objects.bulk_create(numbered, batch_size=ITEMS_A_STATEMENT)
            self.total = len(numbered)
            self.save(update_fields=["total"])

    def _enqueue(self) -> None:
        """Put the task into the queue, over the connection and so in the transaction that Django is in."""
        app.configure_task(TASK, lock=self.pk).defer(job_id=self.pk)

    def _lock(self) -> None:
        self.refresh_from_db(from_queryset=Job.objects.select_for_update())
