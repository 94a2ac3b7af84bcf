"""The monthly inspections of the access record: all signed off but the last month's, which is for whoever tries it."""

from collections.abc import Iterator
from datetime import date, timedelta

import psycopg

from .clock import OFFICE_OPENS, seoul
from .identifiers import seeded_id
from .world import World

COUNTED = """
    SELECT (created_at::timestamptz AT TIME ZONE 'Asia/Seoul')::date - (
        extract(day FROM created_at::timestamptz AT TIME ZONE 'Asia/Seoul')::int - 1
    ) AS first_day, count(*)
    FROM user_access_audits GROUP BY first_day
"""
SIGNED = """
    INSERT INTO console_inspections (id, month, rows, findings, note, actor_id, actor_name, created_at)
    VALUES (%s, %s, %s, '[]', %s, %s, %s, %s)
"""
NOTE = "특이 사항 없음"
SIGNED_AFTER = timedelta(days=2)


def sign_off_past_months(world: World, connection: psycopg.Connection) -> None:
    """Sign off every month from the record's first until two before `today`."""
    counts: dict[date, int] = dict(connection.execute(COUNTED).fetchall())
    rng = world.stream("inspections")
    for month in _months(counts, world):
        auditor = rng.choice(world.with_role("auditor"))
        at = seoul(_next(month) + SIGNED_AFTER, OFFICE_OPENS)
        key = seeded_id("ins", at, rng)
        signed = (key, f"{month:%Y-%m}", counts.get(month, 0), NOTE, auditor.id, auditor.name, at)
        connection.execute(SIGNED, signed)


def _months(counts: dict[date, int], world: World) -> Iterator[date]:
    """Yield the first day of each month that is to be signed off; a month without rows is inspected too."""
    month = min(counts, default=world.today)
    while _next(_next(month)) <= world.today.replace(day=1):
        yield month
        month = _next(month)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
