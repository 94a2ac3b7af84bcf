"""Fills an empty database: first the objects, then all rows in one transaction, so that it is never half full."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from .consultations import consultation_rows, keep_working_hours
from .contracts import ObjectStore, Progress, StaffRef, Summary
from .database import Writer, connect, is_populated, take_turn
from .history import WeekTotals, cohort_count, play_cohort, week_row, weeks_of
from .inspections import sign_off_past_months
from .members import member_rows
from .pictures import put_pictures
from .world import World

BLOCK = 2_000  # members in memory at once; their rows take some 40 MB
PICTURES, MEMBERS, HISTORY, CONSULTATIONS = "Photos and documents", "Members", "Match history", "Consultations"


def populate(
    *,
    members: int,
    seed: int,
    database_url: str,
    object_store: ObjectStore | None,
    staff: Sequence[StaffRef],
    today: date,
    progress: Progress = lambda _step, _done, _total: None,
) -> Summary:
    """Make `members` members and all that hangs on them, as of the midnight in Seoul at which `today` begins.

    Does nothing where the database has members, and says so. Without an `object_store` the rows name objects that do
    not exist. Memory stays bounded: members are made in blocks, introductions in cohorts. An exception leaves the
    database as it was; objects that were already put are simply put again by the next run, under the same keys.

    Raises:
        ValueError: there is no member to make, or no staff to stand in the rows.

    """
    if members < 1 or not staff:
        raise ValueError("A population needs at least one member and one of the staff.")
    world = World(seed=seed, members=members, today=today, staff=tuple(staff))
    seconds: dict[str, float] = {}
    with connect(database_url) as connection:
        if is_populated(connection):
            return Summary(already_populated=True)
        with _timed(seconds, PICTURES):
            objects, size = put_pictures(world, object_store, _step(progress, PICTURES)) if object_store else (0, 0)
        with connection.transaction():
            take_turn(connection)
            if is_populated(connection):
                return Summary(already_populated=True)
            writer = Writer(connection)
            _write(world, writer, progress, seconds)
            keep_working_hours(world, connection)
            sign_off_past_months(world, connection)
    return Summary(rows=writer.counts, objects=objects, object_bytes=size, seconds=seconds)


def _write(world: World, writer: Writer, progress: Progress, seconds: dict[str, float]) -> None:
    with _timed(seconds, MEMBERS):
        _write_members(world, writer, _step(progress, MEMBERS))
    with _timed(seconds, HISTORY):
        _write_history(world, writer, _step(progress, HISTORY))
    with _timed(seconds, CONSULTATIONS):
        writer.write(consultation_rows(world))
        progress(CONSULTATIONS, 1, 1)


def _write_members(world: World, writer: Writer, report: Callable[[int, int], None]) -> None:
    for start in range(0, world.members, BLOCK):
        end = min(start + BLOCK, world.members)
        writer.write_all(member_rows(world, range(start, end)))
        report(end, world.members)


def _write_history(world: World, writer: Writer, report: Callable[[int, int], None]) -> None:
    """Write the rounds, then cohort by cohort what happened in them; a round's summary is known only after the last."""
    weeks = weeks_of(world)
    totals = {week.id: WeekTotals() for week in weeks}
    writer.write(week_row(world, week) for week in weeks)
    cohorts = cohort_count(world.members)
    for number in range(cohorts):
        cohort = play_cohort(world, number, weeks, totals)
        for rows in (cohort.subscriptions, cohort.ledger, cohort.introductions, cohort.feedback):
            writer.write(rows)
        report(number + 1, cohorts)
    for week in weeks:
        writer.set_summary(week.id, totals[week.id].summary())


def _step(progress: Progress, title: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(title, done, total)


@contextmanager
def _timed(seconds: dict[str, float], phase: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    seconds[phase] = round(time.monotonic() - started, 2)
