"""How the nodes are, as one look at each says."""

import time
from collections import deque
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings

from .position import Position

ASK_PRIMARY = """
    SELECT NOT pg_is_in_recovery(), s.system_identifier::text, left(pg_walfile_name(pg_current_wal_flush_lsn()), 8),
           pg_current_wal_flush_lsn() - '0/0'::pg_lsn
    FROM pg_control_system() s
"""
# The receiver's timeline is that of what is replayed; without a receiver there is only the last restart point's.
ASK_REPLICA = """
    SELECT pg_is_in_recovery(), s.system_identifier::text, coalesce(r.received_tli, c.timeline_id),
           pg_last_wal_replay_lsn() - '0/0'::pg_lsn, r.status
    FROM pg_control_system() s, pg_control_checkpoint() c LEFT JOIN pg_stat_wal_receiver r ON true
"""
NO_STANDBY = "not in recovery"
REMEMBERED = 600
"""How many looks at the primary are kept to tell how old a replica's state is."""


@dataclass(frozen=True)
class PrimaryHealth:
    """`position` is how far its log is flushed; None while it does not answer. `latency` as a replica's."""

    position: Position | None
    problem: str
    latency: float
    seen_at: float


@dataclass(frozen=True)
class ReplicaHealth:
    """`problem` says why it must not be read, empty where it may. Lag in bytes and seconds, None where it is unknown.

    `latency` is how long it took to answer, or to fail, in seconds; `seen_at` when that was, on the monotonic clock.
    """

    position: Position | None
    problem: str
    is_receiving: bool
    lag_bytes: int | None
    lag_seconds: float | None
    latency: float
    seen_at: float

    @classmethod
    def unknown(cls, problem: str, now: float, latency: float = 0) -> "ReplicaHealth":
        """Return what is known of a node that does not answer."""
        return cls(None, problem, is_receiving=False, lag_bytes=None, lag_seconds=None, latency=latency, seen_at=now)

    @property
    def is_usable(self) -> bool:
        return not self.problem and self.is_fresh

    @property
    def is_fresh(self) -> bool:
        """Tell whether the look was lately enough to say anything of now."""
        age = time.monotonic() - self.seen_at
        return bool(age < settings.REPLICA_CHECK_SECONDS * 3 + settings.REPLICA_CHECK_TIMEOUT)


@dataclass
class Course:
    """How far the primary's log was at each of the last looks: what tells the age of a replica's state.

    A clock of the log's own. Nothing has to be written for it, it stands still with an idle primary, and it compares no
    clocks of two machines.
    """

    looks: "deque[tuple[float, Position]]" = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    lock: Lock = field(default_factory=Lock)

    def note(self, position: Position, now: float) -> None:
        with self.lock:
            if self.looks and self.looks[-1][1].history != position.history:
                self.looks.clear()
            self.looks.append((now, position))

    def lag_of(self, replica: Position, now: float) -> tuple[int | None, float | None]:
        """Return by how many bytes and seconds the replica is behind the latest look; None of another history."""
        with self.lock:
            looks = list(self.looks)
        if not looks or looks[-1][1].history != replica.history:
            return None, None
        behind = [(seen_at, position) for seen_at, position in looks if position.lsn > replica.lsn]
        if not behind:
            return 0, 0.0
        return looks[-1][1].lsn - replica.lsn, now - behind[0][0]


def primary_health(row: tuple[Any, ...], latency: float, now: float) -> PrimaryHealth:
    is_primary, system, timeline, lsn = row
    position = Position(system, int(timeline, 16), int(lsn))
    return PrimaryHealth(position if is_primary else None, "" if is_primary else "in recovery", latency, now)


def replica_health(row: tuple[Any, ...], course: Course, latency: float, now: float) -> ReplicaHealth:
    in_recovery, system, timeline, lsn, status = row
    position = Position(system, timeline, int(lsn)) if in_recovery and lsn is not None else None
    lag_bytes, lag_seconds = course.lag_of(position, now) if position else (None, None)
    problem = _problem(position, lag_bytes, lag_seconds, is_receiving=status is not None)
    return ReplicaHealth(position, problem, status is not None, lag_bytes, lag_seconds, latency, now)


def _problem(position: Position | None, lag_bytes: int | None, lag_seconds: float | None, *, is_receiving: bool) -> str:
    """Idle is no lag: a replica is behind only where the primary's log has gone on."""
    if position is None:
        return NO_STANDBY
    if not is_receiving:
        return "no receiver"
    if lag_bytes is None or lag_seconds is None:
        return "another history"
    if lag_bytes > settings.REPLICA_MAX_LAG_BYTES or lag_seconds > settings.REPLICA_MAX_LAG_SECONDS:
        return "lagging"
    return ""
