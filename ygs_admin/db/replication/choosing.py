"""Where the reads of one request, or of one block, go."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import Error, connections

from ygs_admin.db.aliases import PRIMARY, replica_aliases

from .breaker import Breaker
from .health import ReplicaHealth
from .observer import observer
from .position import Position

HAS_REPLAYED = "SELECT pg_last_wal_replay_lsn() >= '0/0'::pg_lsn + %s"
# A replica that answers in no time at all is not given all of the reads.
LEAST_LATENCY = 0.0005
REPLAY_SECONDS = 2.0

_breakers: dict[str, Breaker] = {}


@dataclass(frozen=True)
class Choice:
    """An alias, and in a word why it is not a replica's."""

    alias: str
    why: str = ""


def breaker_of(alias: str) -> Breaker:
    return _breakers.setdefault(alias, Breaker(alias))


def choose(positions: Sequence[Position] = ()) -> Choice:
    """Choose a replica that is well and has replayed all of these positions; the primary where there is none.

    Costs no query without positions. With them one, of a replica which had not got there when it was last looked at.
    """
    if not replica_aliases():
        return Choice(PRIMARY, "no replica")
    usable = _usable()
    for alias in _at_random(usable):
        if _has_seen(alias, usable[alias], positions) and breaker_of(alias).allows():
            return Choice(alias)
    return Choice(PRIMARY, "behind" if usable and positions else "unhealthy")


def wait_for_replay(positions: Sequence[Position]) -> None:
    """Wait until a replica has replayed these positions, as long as one that keeps up may take at most."""
    deadline = time.monotonic() + REPLAY_SECONDS
    while (usable := _usable()) and time.monotonic() < deadline:
        if any(_has_seen(alias, health, positions) for alias, health in usable.items()):
            return
        time.sleep(REPLAY_SECONDS / 100)


def choose_without_primary() -> str | None:
    """Return the replica that has come furthest while the primary does not answer; None where it does, or none is left.

    That it receives nothing any more is no fault of the replica's now.
    """
    health = observer.health()
    if not observer.primary_is_down():
        return None
    alive = {
        alias: seen.position.lsn
        for alias, seen in health.items()
        if seen.position and seen.is_fresh and not observer.hangs(alias)
    }
    return max(alive, key=alive.__getitem__, default=None)


def _usable() -> dict[str, ReplicaHealth]:
    return {
        alias: health for alias, health in observer.health().items() if health.is_usable and not observer.hangs(alias)
    }


def _has_seen(alias: str, health: ReplicaHealth, positions: Sequence[Position]) -> bool:
    ahead = [position for position in positions if not position.is_reached_by(health.position)]  # type: ignore[arg-type]
    return all(_has_got_there(alias, health, position) for position in ahead)


def _has_got_there(alias: str, health: ReplicaHealth, position: Position) -> bool:
    """Ask the replica itself. It may be a moment further than when it was looked at."""
    if health.position is None or health.position.history != position.history:
        return False
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(HAS_REPLAYED, [position.lsn])
            return bool(cursor.fetchone()[0])
    except Error:
        return False


def _at_random(usable: dict[str, ReplicaHealth]) -> list[str]:
    """Return the aliases in a random order in which the quick ones come first more often.

    Weighted sampling without replacement: P. Efraimidis and P. Spirakis, Information Processing Letters 97 (2006).
    """
    keys = {
        alias: random.random() ** max(health.latency, LEAST_LATENCY)  # noqa: S311 - no secret
        for alias, health in usable.items()
    }
    return sorted(keys, key=keys.__getitem__, reverse=True)
