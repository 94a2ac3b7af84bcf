"""Whether somebody works at a time: working hours, days off, public holidays, and that it is not over."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from django.utils import timezone
from django.utils.translation import gettext as _

from ygs_admin.holidays import holidays_of

from .consultation_slot import Slot
from .working_hours import DayOff, Span, WorkingHours

# The hours of whoever has stated none.
OFFICE_HOURS = tuple(Span(weekday, time(10), time(19)) for weekday in range(5))


@dataclass(frozen=True)
class Availability:
    """One consultant's hours and days off."""

    spans: Collection[Span] = OFFICE_HOURS
    days_off: Collection[date] = field(default_factory=frozenset)

    def open_on(self, day: date) -> list[Span]:
        """Return the hours of a day, none on days off and public holidays."""
        if self.why_closed(day):
            return []
        return [span for span in self.spans if span.weekday == day.weekday()]

    def why_closed(self, day: date) -> str:
        """Return why nobody works all day; empty where it is a day like any other, if one without hours."""
        if holiday := holidays_of(day.year).get(day):
            return str(holiday)
        return _("Day off") if day in self.days_off else ""

    def why_not_open(self, slot: Slot) -> str:
        """Return why nobody works at a time, empty where somebody does from its beginning to its end."""
        starts, ends = timezone.localtime(slot.starts_at), timezone.localtime(slot.ends_at)
        day = starts.date()
        if reason := self.why_closed(day):
            return _("Nobody works on %(day)s: %(reason)s.") % {"day": day, "reason": reason}
        spans = self.open_on(day)
        if ends.date() == day and any(span.begins <= starts.time() and ends.time() <= span.ends for span in spans):
            return ""
        if not spans:
            return _("There are no working hours on that weekday.")
        return _("It is outside the working hours of that day: %(hours)s.") % {
            "hours": ", ".join(span.label for span in spans)
        }


def availability_of(staff_ids: Collection[str], since: date, until: date) -> Mapping[str, Availability]:
    """Return the availability of each, with the days off within a period, in two queries."""
    spans: dict[str, list[Span]] = defaultdict(list)
    days_off: dict[str, set[date]] = defaultdict(set)
    for hours in WorkingHours.objects.filter(staff__in=staff_ids).order_by("weekday", "begins"):
        spans[hours.staff_id].append(hours.span)
    for key, day in DayOff.objects.filter(staff__in=staff_ids, day__range=(since, until)).values_list("staff", "day"):
        days_off[key].add(day)
    return {key: Availability(spans.get(key) or OFFICE_HOURS, days_off[key]) for key in staff_ids}


def why_not_open(slot: Slot) -> str:
    """Return why a time is none at which its consultant can be booked; empty where it is."""
    if slot.starts_at < timezone.now():
        return _("This time is over.")
    day = timezone.localdate(slot.starts_at)
    return availability_of([slot.consultant_id], day, day)[slot.consultant_id].why_not_open(slot)
