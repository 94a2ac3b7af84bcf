"""Consultants' calendars: half-hour slots of working days in Seoul, two years back and two weeks ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import psycopg

from .clock import OFFICE_CLOSES, OFFICE_OPENS, SATURDAY, seoul
from .contracts import StaffRef
from .draws import Weighted, happens
from .identifiers import seeded_id
from .match_rows import ConsultationRow
from .people import Person, draw_person
from .staff_phrases import CONSULT_MEMOS
from .world import World

DAYS_BACK, DAYS_AHEAD = 2 * 365, 14
SLOT = timedelta(minutes=30)
SLOTS_A_DAY = (OFFICE_CLOSES - OFFICE_OPENS) * 2
PER_MEMBER = 0.9  # consultations in two years, as far as the consultants have time
FULLEST = 0.45  # of a consultant's slots
LONG = 0.18  # take an hour
NEWCOMERS_FIRST_DAYS = 21
SEARCHES = 12  # members looked at for one slot before it stays free

WORKS = """
    INSERT INTO console_working_hours (id, staff_id, weekday, begins, ends)
    SELECT %s, id, %s, make_time(%s, 0, 0), make_time(%s, 0, 0) FROM console_staff WHERE id = %s
"""

_TOPIC = Weighted((("intake", 30), ("matching", 32), ("feedback", 22), ("renewal", 12), ("complaint", 4)))
_CHANNEL = Weighted((("phone", 56), ("video", 22), ("visit", 22)))
_OUTCOME = Weighted((("completed", 85), ("canceled", 10), ("no_show", 5)))


@dataclass(frozen=True)
class Slot:
    consultant: StaffRef
    starts_at: datetime
    minutes: int


def consultation_rows(world: World) -> Iterator[ConsultationRow]:
    """Yield the consultations day by day; a consultant's never overlap, and no member is in two at once."""
    consultants = world.with_role("consultant")
    working_days = (DAYS_BACK + DAYS_AHEAD) * 5 / 7
    density = min(FULLEST, world.members * PER_MEMBER / (working_days * SLOTS_A_DAY * len(consultants)))
    for offset in range(-DAYS_BACK, DAYS_AHEAD + 1):
        day = world.today + timedelta(days=offset)
        if day.weekday() < SATURDAY:
            yield from _day(world, day, density)


def _day(world: World, day: date, density: float) -> Iterator[ConsultationRow]:
    rng = world.stream("consultations", day.isoformat())
    seen: set[int] = set()
    for consultant in world.with_role("consultant"):
        for slot in _slots(consultant, day, density, rng):
            topic = _TOPIC.draw(rng)
            person = _member(world, slot, topic, rng)
            if person and person.index not in seen:
                seen.add(person.index)
                yield _row(world, slot, topic, person, rng)


def _slots(consultant: StaffRef, day: date, density: float, rng: Random) -> Iterator[Slot]:
    place = 0
    while place < SLOTS_A_DAY:
        is_long = happens(LONG, rng) and place + 1 < SLOTS_A_DAY
        if happens(density, rng):
            yield Slot(consultant, seoul(day, OFFICE_OPENS) + SLOT * place, 60 if is_long else 30)
            place += is_long
        place += 1


def _member(world: World, slot: Slot, topic: str, rng: Random) -> Person | None:
    """Return a member whom the topic fits at that time: newcomers for an intake, approved ones for the rest."""
    known_at = min(slot.starts_at, world.now)
    until = world.sign_ups.count_before(known_at)
    since = world.sign_ups.count_before(known_at - timedelta(days=NEWCOMERS_FIRST_DAYS)) if topic == "intake" else 0
    for _try in range(SEARCHES if until > since else 0):
        person = draw_person(world, rng.randrange(since, until))
        if _fits(person, topic, known_at):
            return person
    return None


def _fits(person: Person, topic: str, at: datetime) -> bool:
    if person.created_at >= at - timedelta(days=1) or (person.gone_at and person.gone_at <= at):
        return False
    if topic == "intake":
        return not person.is_rejected
    return person.approved_at is not None and person.approved_at <= at


def _row(world: World, slot: Slot, topic: str, person: Person, rng: Random) -> ConsultationRow:
    booked_at = max(
        min(slot.starts_at, world.now) - timedelta(hours=rng.uniform(3, 120)),
        person.created_at + timedelta(hours=1),
    )
    ends_at = slot.starts_at + timedelta(minutes=slot.minutes)
    status = _OUTCOME.draw(rng) if world.happened(ends_at) else "scheduled"
    has_memo = status == "completed" and happens(0.85, rng)
    return ConsultationRow(
        id=seeded_id("cs", booked_at, rng),
        user_id=person.id,
        consultant_id=slot.consultant.id,
        scheduled_at=slot.starts_at,
        duration_minutes=slot.minutes,
        channel=_CHANNEL.draw(rng),
        status=status,
        topic=topic,
        memo=rng.choice(CONSULT_MEMOS[topic]) if has_memo else None,
        created_at=booked_at,
        updated_at=None if status == "scheduled" else ends_at if status != "canceled" else slot.starts_at,
        deleted_at=None,
    )


def keep_working_hours(world: World, connection: psycopg.Connection) -> None:
    """Let the consultants who have an account work in office hours, as their calendars say."""
    rng = world.stream("working hours")
    for consultant in world.with_role("consultant"):
        for weekday in range(SATURDAY):
            key = seeded_id("wkh", world.now, rng)
            connection.execute(WORKS, (key, weekday, OFFICE_OPENS, OFFICE_CLOSES, consultant.id))
