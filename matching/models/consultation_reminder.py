"""Reminding members of their consultations: who was, by whom, of which time."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import Action, UserAccessAudit
from users.models.changing import ChangedByVerbs
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

from .consultation_status import OPEN


class ConsultationReminder(ConsoleModel):
    """A member knows of this time. A consultation that is moved afterwards wants another reminder, of the new one."""

    id = PrefixedULIDField(_("ID"), prefix="crm", primary_key=True)
    consultation = models.ForeignKey(
        "ConsultSchedule",
        models.DO_NOTHING,
        verbose_name=_("consultation"),
        related_name="reminders",
        db_constraint=False,
        db_index=False,
    )
    scheduled_at = UTCDateTimeField(_("time"))
    actor_id = VarcharField(_("actor"), null=True)
    actor_name = VarcharField(_("actor's name"), null=True)
    created_at = UTCDateTimeField(_("reminded"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        db_table = "console_consultation_reminders"
        default_permissions = ()
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = (models.UniqueConstraint(fields=["consultation", "scheduled_at"], name="console_reminders_once"),)

    def __str__(self) -> str:
        return str(self.pk)


class Remindable(ChangedByVerbs):
    scheduled_at: datetime
    refuse_unless_in: Any

    class Meta:
        abstract = True

    def remind(self, *, by: Staff) -> bool:
        """Note that the member was reminded of the time as it is; its inverse is `forget_reminder`.

        Raises:
            VerbRefusedError: it is not scheduled, or deleted.
        """
        with transaction.atomic():
            row = self.locked()
            row.refuse_unless_in(OPEN)
            about: dict[str, Any] = {"consultation_id": row.pk, "scheduled_at": row.scheduled_at}
            actor = {"actor_id": by.pk, "actor_name": by.name}
            _reminder, is_new = ConsultationReminder.objects.get_or_create(**about, defaults=actor)
            if is_new:
                row._record_reminder(by, [None, row.scheduled_at.isoformat()])
        return bool(is_new)

    def forget_reminder(self, *, by: Staff) -> bool:
        """Take the reminder of the time as it is back; False where there is none."""
        with transaction.atomic():
            row = self.locked()
            about = ConsultationReminder.objects.filter(consultation=row.pk, scheduled_at=row.scheduled_at)
            count, _rows = about.delete()
            if count:
                row._record_reminder(by, [row.scheduled_at.isoformat(), None])
        return bool(count)

    def _record_reminder(self, by: Staff, reminded_of: list[str | None]) -> None:
        UserAccessAudit.record(
            Action.UPDATE,
            by=by,
            user_id=self.user_id,
            resource_type=self._meta.db_table,
            resource_id=self.pk,
            detail={"reminded_of": reminded_of},
        )
