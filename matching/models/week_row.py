"""A round's columns, and the one way in which verbs change them: locked, recorded."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Self, cast

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.rounds.settings import RoundSettings
from users.models.access import Action, UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.soft_delete import SoftDeleteModel
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.jobs.models import Job
from ygs_admin.staff.models import Staff

JOB_PARAMETER = "week"
"""What names the round in the parameters of the jobs that work on it."""


class WeekStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    GENERATING = "generating", _("Running")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


UNPUBLISHED = (WeekStatus.DRAFT, WeekStatus.REVIEW)
"""While a round has one of these, its pairs are staff's to change."""


class WeekRow(SoftDeleteModel):
    """A row that changes by verbs. Whoever changes a round or its pairs locks the round first, then the pairs."""

    id = PrefixedULIDField(_("ID"), prefix="mw", primary_key=True)
    iso_year = models.IntegerField(_("ISO year"))
    iso_week = models.IntegerField(_("ISO week"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    status = EnumField(_("status"), choices=WeekStatus.choices, default=WeekStatus.DRAFT)
    settings = models.JSONField(_("settings"), null=True, blank=True)
    summary = models.JSONField(_("summary"), null=True, blank=True)
    generated_at = UTCDateTimeField(_("generated"), null=True, blank=True)
    published_at = UTCDateTimeField(_("published"), null=True, blank=True)
    closed_at = UTCDateTimeField(_("closed"), null=True, blank=True)
    note = VarcharField(_("note"), null=True, blank=True)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def round_settings(self) -> RoundSettings:
        """Return the settings with the defaults of what the column does not say."""
        return RoundSettings.read(self.settings)

    @contextmanager
    def changing(self, *, by: Staff | None, reason: str = "", action: str = Action.UPDATE) -> Iterator[Self]:
        """Give the block this row, locked; save and record what the block changed, nothing where it changed nothing."""
        with transaction.atomic():
            row = self.locked()
            yield row
            row.save_recorded(action, by=by, reason=reason)
        self.refresh_from_db()

    def save_recorded(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Save what changed with its row of the access record. Call it inside a transaction."""
        changes = {
            field.attname: [_plain(self.stored_values.get(field.attname)), _plain(getattr(self, field.attname))]
            for field in self.changed_fields()
        }
        if changes:
            self.save()
            self.record(action, by=by, reason=reason, **changes, **detail)

    def record(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Write one row of the access record about this round."""
        UserAccessAudit.record(
            action,
            by=by,
            resource_type=self._meta.db_table,
            resource_id=self.pk,
            reason=reason or None,
            detail=detail,
        )

    def locked(self) -> Self:
        """Return this row from the primary, locked until the transaction ends: whoever only refers to it goes on.

        Raises:
            VerbRefusedError: it is deleted.
        """
        row = cast(Self, type(self).all_objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk))
        if row.is_deleted:
            raise VerbRefusedError(_("This round is deleted. Restore it first."))
        return row

    def refuse_unless_in(self, statuses: Collection[str]) -> None:
        if self.status not in statuses:
            message = _("This can't be done while the round's status is “%(status)s”.")
            raise VerbRefusedError(message % {"status": self.get_status_display()})

    def refuse_unless_open_to_changes(self) -> None:
        """Refuse once the round is published, and while a job works on it."""
        self.refuse_unless_in(UNPUBLISHED)
        if self.unfinished_job() is not None:
            raise VerbRefusedError(_("This round is being worked on in the background. Wait until that is done."))

    def unfinished_job(self) -> Job | None:
        """Return the job that works on this round, or is about to."""
        jobs = Job.objects.unfinished().filter(parameters__contains={JOB_PARAMETER: self.pk})
        return jobs.order_by("-created_at").first()


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
