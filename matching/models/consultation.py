"""Consultations between a consultant and a member."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from users.models import User
from users.models.deletion import DeletionQuerySet
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.web.viewer import current_viewer

from .consultants import names_of
from .consultation_booking import Bookable
from .consultation_reminder import ConsultationReminder, Remindable
from .consultation_slot import Slot
from .consultation_status import Concludable, ConsultStatus

DEFAULT_MINUTES = 30
A_DAY = timedelta(days=1)


class Channel(models.TextChoices):
    PHONE = "phone", _("Phone call")
    VIDEO = "video", _("Video call")
    VISIT = "visit", _("Visit")


class Topic(models.TextChoices):
    INTAKE = "intake", _("Intake")
    MATCHING = "matching", _("Matching")
    FEEDBACK = "feedback", _("Feedback")
    RENEWAL = "renewal", _("Renewal")
    COMPLAINT = "complaint", _("Complaint")


class ConsultationQuerySet(DeletionQuerySet):
    def of_member(self, user_id: str) -> Self:
        """Return the member's consultations, latest first."""
        return self.filter(user=user_id).order_by("-scheduled_at", "-id")

    def of_consultants(self, staff_ids: Collection[str]) -> Self:
        return self.filter(consultant_id__in=staff_ids)

    def beginning_within(self, since: datetime, until: datetime) -> Self:
        """Return those that begin from `since` on and before `until`, in their order, with their members."""
        within = self.filter(scheduled_at__gte=since, scheduled_at__lt=until)
        return within.select_related("user").order_by("scheduled_at", "id")

    def scheduled(self) -> Self:
        return self.filter(status=ConsultStatus.SCHEDULED)

    def taking_time_around(self, slot: Slot) -> Self:
        """Return the scheduled ones that may overlap with a time, none of which lasts longer than a day."""
        before = self.scheduled().filter(scheduled_at__lt=slot.ends_at)
        return before.filter(scheduled_at__gt=slot.starts_at - A_DAY).order_by("scheduled_at")

    def to_remind_of(self) -> Self:
        """Return those of today and tomorrow that are still to come; `is_reminded` tells whose members know."""
        now = timezone.localtime()
        until = (now + timedelta(days=2)).replace(hour=0, minute=0, second=0, microsecond=0)
        reminders = ConsultationReminder.objects.filter(
            consultation=OuterRef("pk"), scheduled_at=OuterRef("scheduled_at")
        )
        return self.scheduled().beginning_within(now, until).annotate(is_reminded=Exists(reminders))

    def taking_place(self, since: datetime, until: datetime) -> Self:
        """Return the consultations of live members from then until before then, canceled ones left out."""
        rows = self.live().filter(scheduled_at__gte=since, scheduled_at__lt=until, user__deleted_at__isnull=True)
        return rows.exclude(status=ConsultStatus.CANCELED)


class ConsultSchedule(Bookable, Concludable, Remindable):
    deleted_message: ClassVar[str | Promise] = _("This consultation is deleted. Restore it first.")

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

    @cached_property
    def consultant_name(self) -> str:
        """Return the consultant's name, or the id of an account that is none of ours; `with_consultants` gives many."""
        name: str = names_of([self.consultant_id]).get(self.consultant_id, self.consultant_id)
        return name

    @property
    def member_name(self) -> str:
        """Return the member's name as whoever reads it now may know it; of deleted ones not everybody may know."""
        viewer = current_viewer()
        if self.user.is_deleted and not (viewer and viewer.has_perm("users.restore_user")):
            return gettext("a deleted member")
        return str(self.user.shown.name)

    @property
    def is_open(self) -> bool:
        return bool(self.status == ConsultStatus.SCHEDULED)

    @property
    def has_begun(self) -> bool:
        return bool(self.scheduled_at <= timezone.now())


def with_consultants(rows: Collection[ConsultSchedule]) -> None:
    """Give each row its consultant's name, in one query for all."""
    names = names_of(row.consultant_id for row in rows)
    for row in rows:
        row.consultant_name = names.get(row.consultant_id, row.consultant_id)
