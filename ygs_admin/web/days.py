"""Days and weeks of the calendar on the wall (Seoul's), as the moments between which they lie."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

WEEK = timedelta(weeks=1)


def midnight(day: date) -> datetime:
    """Return the day's first moment."""
    return timezone.make_aware(datetime.combine(day, time.min))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def recent_mondays(weeks: int) -> list[date]:
    """Return the Mondays of so many weeks, the oldest first; the last is that of the running week."""
    current = monday_of(timezone.localdate())
    return [current - back * WEEK for back in reversed(range(weeks))]
