"""Positions in the write-ahead log, comparable within one history.

A log sequence number means something only together with the system that wrote it and its timeline: a promoted standby
begins another one. See PostgreSQL's documentation, "WAL Internals" and "Continuous Archiving", on timelines.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

# The size of a page of the log, and of the headers that its first page in a segment, and each other page, begin with.
PAGE, LONG_HEADER, SHORT_HEADER = 8192, 40, 24
ASK_PRIMARY = """
    SELECT system_identifier::text, pg_walfile_name(pg_current_wal_insert_lsn()),
           pg_current_wal_insert_lsn() - '0/0'::pg_lsn
    FROM pg_control_system()
"""
NEVER = 2**64
"""A number that no replica reaches."""


@dataclass(frozen=True)
class Position:
    """`system` is the cluster's identifier, `lsn` a byte of the log of its `timeline`."""

    system: str
    timeline: int
    lsn: int

    @property
    def history(self) -> tuple[str, int]:
        return self.system, self.timeline

    def is_reached_by(self, other: "Position") -> bool:
        """Tell whether who is there has seen all up to here; of another history nobody knows."""
        return self.history == other.history and self.lsn <= other.lsn

    def __str__(self) -> str:
        return f"{self.system}.{self.timeline:x}.{self.lsn:x}"

    @classmethod
    def parse(cls, text: str) -> "Position":
        """Read what `str()` wrote.

        Raises:
            ValueError: it is something else.
        """
        system, timeline, lsn = text.split(".")
        return cls(system, int(timeline, 16), int(lsn, 16))


def position_of(connection: BaseDatabaseWrapper) -> Position:
    """Return how far the primary has written, one query: whoever has replayed that has seen all that is committed now.

    The insert position, since without synchronous commits the log is flushed later.
    """
    with connection.cursor() as cursor:
        cursor.execute(ASK_PRIMARY)
        system, file, lsn = cursor.fetchone()
    return Position(system, int(file[:8], 16), before_header(int(lsn)))


def before_header(lsn: int) -> int:
    """Return the end of the last record, where a position stands behind the header of a page that is still empty.

    Nothing is replayed there before the next record is, which on an idle primary is never.
    """
    return lsn - lsn % PAGE if lsn % PAGE in (SHORT_HEADER, LONG_HEADER) else lsn


def somewhere_later(history: tuple[str, int] = ("", 0)) -> Position:
    """Return a position that no replica is known to have reached: for a write whose position can't be asked for."""
    return Position(*history, NEVER)
