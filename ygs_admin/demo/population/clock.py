"""Seoul time and naive UTC: people act by Seoul's clock, the tables hold UTC. Korea has no daylight saving time."""

from datetime import date, datetime, time, timedelta
from random import Random

SEOUL = timedelta(hours=9)
OFFICE_OPENS = 10
OFFICE_CLOSES = 19
SATURDAY = 5


def seoul(day: date, hour: float = 0.0) -> datetime:
    """Return the naive UTC moment of that hour of that day in Seoul."""
    return datetime.combine(day, time()) + timedelta(hours=hour) - SEOUL


def seoul_day(moment: datetime) -> date:
    return (moment + SEOUL).date()


def in_office_hours(moment: datetime, rng: Random) -> datetime:
    """Move a moment to a working hour of the same weekday, or of the Monday after a weekend; never to the past."""
    day = seoul_day(moment)
    hour = (moment + SEOUL).hour
    if hour >= OFFICE_CLOSES:
        day += timedelta(days=1)
    if day.weekday() >= SATURDAY:
        day += timedelta(days=7 - day.weekday())
    if OFFICE_OPENS <= hour < OFFICE_CLOSES and day == seoul_day(moment):
        return moment
    return seoul(day, OFFICE_OPENS + rng.random() * (OFFICE_CLOSES - OFFICE_OPENS))


def in_the_evening(moment: datetime, rng: Random) -> datetime:
    """Return the evening of that day, or midday to evening at a weekend: when people meet."""
    day = seoul_day(moment)
    halves = rng.randint(24, 38) if day.weekday() >= SATURDAY else rng.randint(37, 40)
    return seoul(day, halves / 2)
