"""One thing of many that a job is about, and what became of it."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Outcome(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    UNCHANGED = "unchanged", _("Already so")
    REFUSED = "refused", pgettext_lazy("background", "Refused")
    CONFLICT = "conflict", _("Changed meanwhile")
    FAILED = "failed", _("Failed")


WELL = (Outcome.DONE, Outcome.UNCHANGED)


class ItemQuerySet(models.QuerySet["JobItem"]):
    def waiting(self) -> Self:
        return self.filter(outcome=Outcome.WAITING).order_by("position")

    def counts(self) -> tuple[int, int]:
        """Return how many went well, and how many were settled otherwise."""
        by_outcome = self.order_by().values_list("outcome").annotate(count=models.Count("pk"))
        settled = {outcome: count for outcome, count in by_outcome if outcome != Outcome.WAITING}
        well = sum(settled.get(outcome, 0) for outcome in WELL)
        return well, sum(settled.values()) - well


class JobItem(models.Model):
    """`subject_label` is what the page calls it, masked; `version` is the row version that the person saw."""

    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="items")
    position = models.IntegerField()
    subject_id = models.TextField()
    subject_label = models.TextField(default="")
    outcome = models.TextField(choices=Outcome.choices, default=Outcome.WAITING)
    message = models.TextField(default="")
    version = models.BigIntegerField(null=True)

    objects: ClassVar = ItemQuerySet.as_manager()

    class Meta:
        db_table = "console_job_items"
        default_permissions = ()
        verbose_name = _("item of a job")
        verbose_name_plural = _("items of jobs")
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "position"], name="console_job_items_position")]
        indexes: ClassVar = [
            # What a run still has to do.
            models.Index(
                fields=["job", "position"], condition=models.Q(outcome="waiting"), name="console_job_items_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_label or self.subject_id}: {self.outcome}"
