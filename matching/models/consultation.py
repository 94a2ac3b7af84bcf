"""Consultations between a consultant and a member."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import User
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows, SoftDeleteModel, SoftDeleteQuerySet
from ygs_admin.db.timestamps import UTCDateTimeField

DEFAULT_MINUTES = 30


class Channel(models.TextChoices):
    PHONE = "phone", _("Phone call")
    VIDEO = "video", _("Video call")
    VISIT = "visit", _("Visit")


class ConsultStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    COMPLETED = "completed", _("Completed")
    CANCELED = "canceled", _("Canceled")
    NO_SHOW = "no_show", _("Did not appear")


class Topic(models.TextChoices):
    INTAKE = "intake", _("Intake")
    MATCHING = "matching", _("Matching")
    FEEDBACK = "feedback", _("Feedback")
    RENEWAL = "renewal", _("Renewal")
    COMPLAINT = "complaint", _("Complaint")


class ConsultationQuerySet(SoftDeleteQuerySet["ConsultSchedule"]):
    def of_member(self, user_id: str) -> Self:
        """Return the member's consultations, latest first."""
        return self.filter(user=user_id).order_by("-scheduled_at", "-id")


class ConsultSchedule(SoftDeleteModel):
    id = PrefixedULIDField(_("ID"), prefix="cs", primary_key=True)
    user = models.ForeignKey(
        User, models.DO_NOTHING, verbose_name=_("member"), related_name="consultations", db_index=False
    )
    consultant_id = VarcharField(_("consultant"))
    scheduled_at = UTCDateTimeField(_("time"))
    duration_minutes = models.IntegerField(_("minutes"), default=DEFAULT_MINUTES)
    channel = EnumField(_("channel"), choices=Channel.choices)
    status = EnumField(_("status"), choices=ConsultStatus.choices, default=ConsultStatus.SCHEDULED)
    topic = EnumField(_("topic"), choices=Topic.choices, null=True, blank=True)
    memo = VarcharField(_("memo"), null=True, blank=True)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = LiveRows.from_queryset(ConsultationQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(ConsultationQuerySet)()

    class Meta:
        db_table = "consult_schedules"
        base_manager_name = "all_objects"
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        indexes = (
            BackendIndex(fields=["user"], name="ix_consult_schedules_user_id"),
            BackendIndex(fields=["consultant_id"], name="ix_consult_schedules_consultant_id"),
            BackendIndex(fields=["scheduled_at"], name="ix_consult_schedules_scheduled_at"),
            BackendIndex(fields=["status"], name="ix_consult_schedules_status"),
        )

    def __str__(self) -> str:
        return str(self.pk)
