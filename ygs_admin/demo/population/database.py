"""Writes rows with COPY, all in one transaction."""

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any

import psycopg
from psycopg import sql

from .tables import TABLES, Row

# Any two runs on one database take this lock, so that the second finds what the first has written.
LOCK = 0x59475344


class Writer:
    """Copies rows into their tables and counts them. Use within the connection's transaction."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        self.counts = dict.fromkeys(TABLES.values(), 0)

    def write(self, rows: Iterable[Row]) -> None:
        """Copy rows of one kind."""
        rows = list(rows)
        if not rows:
            return
        table = TABLES[type(rows[0])]
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, rows[0]._fields))
        )
        with self._connection.cursor().copy(statement) as copy:
            for row in rows:
                copy.write_row([_column(value) for value in row])
        self.counts[table] += len(rows)

    def write_all(self, rows: dict[type[Row], list[Row]]) -> None:
        """Copy rows of several kinds, parents first."""
        for kind in TABLES:
            self.write(rows.get(kind, ()))

    def set_summary(self, week_id: str, summary: Any) -> None:
        self._connection.execute("UPDATE match_weeks SET summary = %s WHERE id = %s", (_column(summary), week_id))


def _column(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def connect(database_url: str) -> AbstractContextManager[psycopg.Connection]:
    """Open a connection whose time zone is UTC: naive times then mean the same in either kind of timestamp column."""
    return psycopg.connect(database_url, options="-c timezone=UTC", autocommit=True)


def is_populated(connection: psycopg.Connection) -> bool:
    row = connection.execute("SELECT EXISTS (SELECT FROM users)").fetchone()
    return bool(row and row[0])


def take_turn(connection: psycopg.Connection) -> None:
    """Wait until no other run is writing; the lock is held until the transaction ends."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
