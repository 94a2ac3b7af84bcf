"""A week of several consultants, laid out: days, a lane for each consultant, what is in it and when they work.

Style sheets place things by hours and tens of minutes, which stand in the page as numbers: inline styles are refused.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from matching.models import ConsultSchedule, ConsultStatus
from matching.models.availability import Availability, availability_of
from matching.models.consultation import with_consultants
from ygs_admin.holidays import holidays_of
from ygs_admin.staff.models import Staff

from .iso_week import IsoWeek

# More than a week of five consultants can hold; what is beyond is not drawn.
MOST_ENTRIES = 1000
FIRST_HOUR, LAST_HOUR = 10, 19
TEN = 10


@dataclass(frozen=True)
class Place:
    """From when until when something stands in a day, to ten minutes: an hour and a ten for either edge."""

    begins: time
    ends: time

    @property
    def numbers(self) -> dict[str, int]:
        ends = self.ends.hour * 60 + self.ends.minute
        ends = 24 * 60 if ends == 0 else -(-ends // TEN) * TEN
        return {
            "from_hour": self.begins.hour,
            "from_ten": self.begins.minute // TEN,
            "until_hour": ends // 60,
            "until_ten": ends % 60 // TEN,
        }


@dataclass(frozen=True)
class Entry:
    """A consultation in a lane; `is_beside` one that is drawn already."""

    consultation: ConsultSchedule
    place: Place
    is_beside: bool


@dataclass(frozen=True)
class Lane:
    staff: Staff
    day: date
    open: list[Place]
    entries: list[Entry]


@dataclass(frozen=True)
class Day:
    day: date
    holiday: str
    lanes: list[Lane]

    @property
    def is_today(self) -> bool:
        return self.day == timezone.localdate()

    @property
    def has_entries(self) -> bool:
        return any(lane.entries for lane in self.lanes)

    @property
    def is_drawn(self) -> bool:
        """Tell whether the day is shown: a weekend only where somebody works or has something then."""
        is_used = any(lane.open or lane.entries for lane in self.lanes)
        return is_used or self.day.weekday() < 5  # noqa: PLR2004 - Saturday


@dataclass(frozen=True)
class Calendar:
    week: IsoWeek
    staff: list[Staff]
    days: list[Day]

    @property
    def consultations(self) -> list[ConsultSchedule]:
        return [entry.consultation for day in self.days for lane in day.lanes for entry in lane.entries]

    @property
    def hours(self) -> list[int]:
        """Return the hours that are drawn: those of the office, and whatever lies beyond them."""
        numbers = [place.numbers for day in self.days for place in _places(day)]
        first = min([FIRST_HOUR, *(place["from_hour"] for place in numbers)])
        last = max([LAST_HOUR, *(place["until_hour"] + (place["until_ten"] > 0) for place in numbers)])
        return list(range(first, last))

    @property
    def has_today(self) -> bool:
        return IsoWeek.present() == self.week

    @property
    def today(self) -> list[ConsultSchedule]:
        """Return today's of everybody who is drawn, in their order; none in another week."""
        found = [
            entry.consultation for day in self.days if day.is_today for lane in day.lanes for entry in lane.entries
        ]
        return sorted(found, key=lambda row: (row.scheduled_at, row.pk))


def calendar_of(week: IsoWeek, staff: Sequence[Staff]) -> Calendar:
    """Read a week of these consultants in four queries; what was canceled takes no time and is not drawn."""
    keys = [person.pk for person in staff]
    rows = ConsultSchedule.objects.with_row_version().of_consultants(keys).beginning_within(week.since, week.until)
    consultations = list(rows.exclude(status=ConsultStatus.CANCELED)[:MOST_ENTRIES])
    with_consultants(consultations)
    works = availability_of(keys, week.monday, week.sunday)
    found: dict[tuple[str, date], list[ConsultSchedule]] = defaultdict(list)
    for row in consultations:
        found[row.consultant_id, timezone.localdate(row.scheduled_at)].append(row)
    days = [
        Day(day, str(holidays_of(day.year).get(day, "")), [_lane(person, day, works, found) for person in staff])
        for day in week.days
    ]
    return Calendar(week, list(staff), [day for day in days if day.is_drawn])


def _lane(person: Staff, day: date, works: Any, found: Any) -> Lane:
    availability: Availability = works[person.pk]
    spans = [Place(span.begins, span.ends) for span in availability.open_on(day)]
    return Lane(person, day, spans, _entries(found[person.pk, day]))


def _entries(consultations: list[ConsultSchedule]) -> list[Entry]:
    """Return a lane's entries; times that overlap, as rows of before the refusal may, stand beside each other."""
    entries, free_from = [], None
    for row in consultations:
        slot = row.slot
        entries.append(Entry(row, _place(slot.starts_at, slot.ends_at), bool(free_from and slot.starts_at < free_from)))
        free_from = max(free_from or slot.ends_at, slot.ends_at)
    return entries


def _place(starts: datetime, ends: datetime) -> Place:
    """Return where it stands in the day with which it begins, at least ten minutes high."""
    begins, ends = timezone.localtime(starts), timezone.localtime(max(ends, starts + timedelta(minutes=TEN)))
    return Place(begins.time(), ends.time() if ends.date() == begins.date() else time())


def _places(day: Day) -> list[Place]:
    return [place for lane in day.lanes for place in [*lane.open, *(entry.place for entry in lane.entries)]]
