"""Which phone numbers of the file were taken by an earlier row, however long the file, in bounded memory."""

import sqlite3
from typing import NamedTuple


class Sighting(NamedTuple):
    """Where the file first had a member, and the fingerprint of what it said."""

    line: int
    fingerprint: bytes


class Sightings:
    """Phone → first sighting, in a temporary SQLite file.

    SQLite keeps two megabytes of it in memory and the rest in a file without a name, which the system removes even
    when the process is killed. The members' own table can't answer this: in a dry run nothing is written to it.
    """

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(
            "CREATE TABLE sighting (phone INTEGER PRIMARY KEY, line INTEGER, fingerprint BLOB) WITHOUT ROWID"
        )

    def close(self) -> None:
        self._database.close()

    def add(self, phone: str, sighting: Sighting) -> None:
        self._database.execute("INSERT INTO sighting VALUES (?, ?, ?)", (int(phone), *sighting))

    def forget(self, phone: str) -> None:
        self._database.execute("DELETE FROM sighting WHERE phone = ?", (int(phone),))

    def of(self, phone: str) -> Sighting | None:
        found = self._database.execute("SELECT line, fingerprint FROM sighting WHERE phone = ?", (int(phone),))
        row = found.fetchone()
        return Sighting(*row) if row else None
