"""Consultations for the tests, all on working days to come, whenever the tests run."""

from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from matching.models import ConsultSchedule, WorkingHours
from matching.models.consultation_slot import Slot
from matching.models.working_hours import Span
from users.models import User, UserAccessAudit
from ygs_admin.holidays import holidays_of
from ygs_admin.staff.models import Staff


def working_day(number: int = 0) -> datetime:
    """Return the midnight in Seoul of a working day to come, at least a week ahead: the first, the second, …"""
    today = timezone.localdate()
    days = (today + timedelta(days=ahead) for ahead in count(7))
    working = [day for day in (next(days) for _ in range(40)) if day.weekday() < 5 and day not in holidays_of(day.year)]
    return timezone.make_aware(datetime.combine(working[number], time()))


def at(hour: float, day: int = 0) -> datetime:
    """Return the moment of that hour (14.5 is half past two) of a working day to come."""
    return working_day(day) + timedelta(hours=hour)


def slot_of(consultant: Staff, hour: float = 14, minutes: int = 30, *, day: int = 0) -> Slot:
    return Slot(consultant.pk, at(hour, day), minutes)


def booked(user: User, consultant: Staff, hour: float = 14, minutes: int = 30, *, day: int = 0, **columns: Any) -> Any:
    """Return a consultation as if it had been booked, read with its version."""
    row = ConsultSchedule.objects.create(
        user=user,
        consultant_id=consultant.pk,
        scheduled_at=columns.pop("scheduled_at", at(hour, day)),
        duration_minutes=minutes,
        **{"channel": "phone", "topic": "matching", **columns},
    )
    return as_shown(row)


def begun(user: User, consultant: Staff, **columns: Any) -> Any:
    """Return a scheduled consultation that began an hour ago."""
    columns.setdefault("scheduled_at", timezone.now() - timedelta(hours=1))
    return booked(user, consultant, **columns)


def as_shown(row: Any) -> Any:
    return ConsultSchedule.all_objects.with_row_version().select_related("user").get(pk=row.pk)


def records_of(row: Any) -> list[UserAccessAudit]:
    """Return what verbs put on the record of a consultation, the first one first."""
    rows = UserAccessAudit.objects.filter(resource_id=row.pk).exclude(action__in=["view", "search"])
    return list(rows.order_by("created_at", "id"))


def working_all_week(consultant: Staff) -> None:
    WorkingHours.keep(consultant, [Span(day, time(0), time(23, 59)) for day in range(7)], by=consultant)
