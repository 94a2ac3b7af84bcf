"""Days and weeks of the calendar on the wall (Seoul's), as the moments between which they lie, and in addresses."""

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


class DayConverter:
    """`<day:name>` matches `2026-11-26` in URL patterns; a day that no calendar has is a 404."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)
