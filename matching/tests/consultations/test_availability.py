"""Working hours, days off and public holidays: when somebody can be booked, and why not."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from matching.models import DayOff, WorkingHours
from matching.models.availability import OFFICE_HOURS, Availability, availability_of, why_not_open
from matching.models.consultation_slot import Slot
from matching.models.working_hours import Span
from matching.tests.consulting import slot_of, working_day
from users.models import UserAccessAudit

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def on(day, clock, minutes=30):
    hour, minute = clock.split(":")
    return Slot("stf_x", timezone.make_aware(datetime.combine(day, time(int(hour), int(minute)))), minutes)


@pytest.mark.parametrize(("clock", "minutes", "is_open"), [
    ("09:50", 30, False),
    ("10:00", 30, True),
    ("18:30", 30, True),
    ("18:31", 30, False),
    ("23:50", 30, False),
])  # fmt: skip
def test_without_hours_of_ones_own_they_are_the_offices(clock, minutes, is_open):
    assert (Availability().why_not_open(on(MONDAY, clock, minutes)) == "") is is_open


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 11, 29)])
def test_nobody_works_at_the_weekend_unless_they_say_so(day):
    assert Availability().why_not_open(on(day, "11:00"))
    saturday_and_sunday = [Span(5, time(10), time(14)), Span(6, time(10), time(14))]
    assert not Availability(saturday_and_sunday).why_not_open(on(day, "11:00"))


@pytest.mark.parametrize(("day", "name"), [(date(2026, 10, 9), "한글날"), (date(2026, 9, 24), "추석")])
def test_public_holidays_are_named(day, name):
    assert name in Availability().why_not_open(on(day, "11:00"))
    assert Availability().open_on(day) == []


def test_a_pause_is_outside():
    spans = [Span(0, time(10), time(13)), Span(0, time(14), time(19))]
    reason = Availability(spans).why_not_open(on(MONDAY, "12:45"))
    assert "10:00–13:00, 14:00–19:00" in reason
    assert not Availability(spans).why_not_open(on(MONDAY, "14:00"))


def test_a_day_off_is_one(consultant):
    day = working_day().date()
    assert why_not_open(slot_of(consultant)) == ""
    assert DayOff.take(consultant, day, by=consultant)
    assert not DayOff.take(consultant, day, by=consultant)
    assert str(day) in why_not_open(slot_of(consultant))
    assert DayOff.give_back(consultant, day, by=consultant)
    assert not DayOff.give_back(consultant, day, by=consultant)
    assert why_not_open(slot_of(consultant)) == ""


def test_hours_are_kept_once_and_recorded(consultant, manager):
    wanted = [Span(1, time(14), time(19)), Span(1, time(9), time(12))]
    assert WorkingHours.keep(consultant, wanted, by=manager)
    assert not WorkingHours.keep(consultant, reversed(wanted), by=manager)
    assert WorkingHours.spans_of(consultant) == sorted(wanted)
    record = UserAccessAudit.objects.get(resource_type="console_working_hours")
    assert (record.actor_id, record.resource_id, record.user_id) == (manager.pk, consultant.pk, None)
    assert record.detail == {"hours": ["", "1 09:00–12:00, 1 14:00–19:00"]}
    assert WorkingHours.keep(consultant, [], by=manager)
    assert availability_of([consultant.pk], MONDAY, MONDAY)[consultant.pk].spans == OFFICE_HOURS


def test_everybodys_are_read_at_once(consultant, manager, django_assert_num_queries):
    WorkingHours.keep(consultant, [Span(0, time(8), time(9))], by=consultant)
    DayOff.take(manager, MONDAY, by=manager)
    with django_assert_num_queries(2):
        found = availability_of([consultant.pk, manager.pk], MONDAY, MONDAY)
    assert found[consultant.pk].open_on(MONDAY) == [Span(0, time(8), time(9))]
    assert found[manager.pk].open_on(MONDAY) == []
