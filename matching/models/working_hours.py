"""When a consultant works: hours by weekday, and days off."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any, ClassVar, NamedTuple

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import Action, UserAccessAudit
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

MANAGE_HOURS = "matching.manage_workinghours"


class Weekday(models.IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Span(NamedTuple):
    """Hours of one weekday, by Seoul's clock; `ends` is not part of them."""

    weekday: int
    begins: time
    ends: time

    @property
    def label(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"


class WorkingHours(ConsoleModel):
    """One span; a weekday may have several. Who has none at all keeps the office's (`availability.OFFICE_HOURS`)."""

    id = PrefixedULIDField(_("ID"), prefix="wkh", primary_key=True)
    staff = models.ForeignKey(
        Staff, models.PROTECT, verbose_name=_("consultant"), related_name="working_hours", db_index=False
    )
    weekday = models.SmallIntegerField(_("weekday"), choices=Weekday.choices)
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        db_table = "console_working_hours"
        default_permissions = ()
        permissions = (("manage_workinghours", _("Can change everybody's working hours")),)
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        constraints = (
            models.UniqueConstraint(fields=["staff", "weekday", "begins"], name="console_working_hours_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="console_working_hours_forwards"),
        )

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.span.label}"

    @property
    def span(self) -> Span:
        return Span(self.weekday, self.begins, self.ends)

    @classmethod
    def spans_of(cls, staff: Staff) -> list[Span]:
        """Return a consultant's own spans in their order."""
        return sorted(row.span for row in cls.objects.filter(staff=staff))

    @classmethod
    def keep(cls, staff: Staff, spans: Iterable[Span], *, by: Staff) -> bool:
        """Let a consultant work at these hours, at the office's where there are none. False where it is so already."""
        wanted = sorted(spans)
        with transaction.atomic():
            Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
            before = cls.spans_of(staff)
            if before == wanted:
                return False
            cls.objects.filter(staff=staff).delete()
            cls.objects.bulk_create(
                cls(staff=staff, weekday=day, begins=begins, ends=ends) for day, begins, ends in wanted
            )
            _record(staff, cls._meta.db_table, by=by, hours=[in_words(before), in_words(wanted)])
        return True


class DayOff(ConsoleModel):
    id = PrefixedULIDField(_("ID"), prefix="dof", primary_key=True)
    staff = models.ForeignKey(
        Staff, models.PROTECT, verbose_name=_("consultant"), related_name="days_off", db_index=False
    )
    day = models.DateField(_("day"))
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        db_table = "console_days_off"
        default_permissions = ()
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ("day", "id")
        constraints = (models.UniqueConstraint(fields=["staff", "day"], name="console_days_off_once"),)

    def __str__(self) -> str:
        return str(self.day)

    @classmethod
    def take(cls, staff: Staff, day: date, *, by: Staff) -> bool:
        """Take a day off; its inverse is `give_back`. False where it is one already."""
        with transaction.atomic():
            _row, is_new = cls.objects.get_or_create(staff=staff, day=day)
            if is_new:
                _record(staff, cls._meta.db_table, by=by, days_off=[None, day.isoformat()])
        return bool(is_new)

    @classmethod
    def give_back(cls, staff: Staff, day: date, *, by: Staff) -> bool:
        """Work on that day after all. False where it is none off."""
        with transaction.atomic():
            count, _rows = cls.objects.filter(staff=staff, day=day).delete()
            if count:
                _record(staff, cls._meta.db_table, by=by, days_off=[day.isoformat(), None])
        return bool(count)


def in_words(spans: Iterable[Span]) -> str:
    """`0 10:00–19:00, 1 …`: as the access record keeps hours."""
    return ", ".join(f"{span.weekday} {span.label}" for span in spans)


def _record(staff: Staff, table: str, *, by: Staff, **detail: Any) -> None:
    """Put a change on the record. It is about an account, not about a member."""
    UserAccessAudit.record(Action.UPDATE, by=by, resource_type=table, resource_id=staff.pk, detail=detail)
