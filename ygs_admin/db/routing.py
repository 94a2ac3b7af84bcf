"""Which database a query goes to, and why.

Reads of the tables that the backend owns may go to the replica; all else goes to the primary. A request makes one
choice for all of its reads (`middleware.py` opens it), and its first write moves the rest of it to the primary. Outside
a request (commands, jobs, shells) everything is read from the primary unless the code says `reading_from_replica()`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connections, models

from .aliases import PRIMARY, REPLICA, replica_aliases
from .ownership import console_may_migrate, is_shared
from .replication.choosing import Choice, choose, wait_for_replay
from .replication.position import Position, position_of

__all__ = [
    "PRIMARY",
    "REPLICA",
    "PrimaryReplicaRouter",
    "Reads",
    "committed_so_far",
    "reading_from_replica",
    "using_primary",
]


@dataclass
class Reads:
    """Where one request, or one `with` block, reads, and what it has done so far.

    `has_written`: a write is on its way, so that the rest is read from the primary. `must_be_read_back`: one is
    committed that the person's next page may not miss. `failed` are the nodes that failed it, `queries` counts
    statements by alias, `chosen` is the alias that it began with. `positions` has to be seen by whoever serves it, and
    the blocks inside it. `is_read_only`: the primary does not answer, and everything is read from the one replica.
    """

    alias: str
    why: str = ""
    positions: Sequence[Position] = ()
    has_written: bool = False
    must_be_read_back: bool = False
    failed: set[str] = field(default_factory=set)
    queries: "Counter[str]" = field(default_factory=Counter)
    is_read_only: bool = False

    def __post_init__(self) -> None:
        self.chosen = self.alias

    def move_to_primary(self) -> None:
        self.alias, self.why, self.has_written = PRIMARY, "written", True

    def take_over(self, inner: "Reads") -> None:
        """Let an outer block know what an inner one has done."""
        if inner.has_written:
            self.move_to_primary()
        self.must_be_read_back |= inner.must_be_read_back
        self.failed |= inner.failed
        self.queries += inner.queries


_reads: ContextVar[Reads | None] = ContextVar("reads", default=None)


def current_reads() -> Reads | None:
    """Return what holds here; None outside of requests and blocks, where everything is read from the primary."""
    return _reads.get()


def is_read_only() -> bool:
    """Tell whether nothing can be written here, since the primary does not answer."""
    reads = _reads.get()
    return reads is not None and reads.is_read_only


@contextmanager
def _reading(choice: Choice, positions: Sequence[Position] = (), *, read_only: bool = False) -> Iterator[Reads]:
    outer = _reads.get()
    if outer is not None and outer.is_read_only:
        # Whoever asks for the primary inside gets what there is.
        yield outer
        return
    has_written = outer is not None and outer.has_written
    reads = Reads(choice.alias, choice.why, positions, has_written, is_read_only=read_only)
    token = _reads.set(reads)
    try:
        yield reads
    finally:
        _reads.reset(token)
        if outer is not None:
            outer.take_over(reads)


@contextmanager
def using_primary(positions: Sequence[Position] = ()) -> Iterator[Reads]:
    """Read from the primary inside the block, whatever holds outside; blocks inside have to see these positions."""
    with _reading(Choice(PRIMARY, "asked for"), (*_positions_to_see(), *positions)) as reads:
        yield reads


@contextmanager
def reading_from_replica(positions: Sequence[Position] = ()) -> Iterator[Reads]:
    """Read from a replica inside the block, until the block writes.

    From the primary, where no replica is well and has replayed these positions and those of the blocks around it, or
    where one of these has written.
    """
    outer, seen = _reads.get(), (*_positions_to_see(), *positions)
    choice = Choice(PRIMARY, "written") if outer is not None and outer.has_written else choose(seen)
    with _reading(choice, seen) as reads:
        yield reads


def committed_so_far() -> Sequence[Position]:
    """Return what has to be seen so as to miss nothing that is committed now, and give a replica a moment to see it.

    For jobs and commands, which know of no browser: who orders an export has made the last edit a moment before. In a
    transaction it is nothing, since everything there is read from the primary.
    """
    primary = connections[PRIMARY]
    if primary.in_atomic_block or not replica_aliases():
        return ()
    positions = (position_of(primary),)
    wait_for_replay(positions)
    return positions


def _positions_to_see() -> Sequence[Position]:
    outer = _reads.get()
    return outer.positions if outer is not None else ()


@contextmanager
def reading_without_primary(alias: str) -> Iterator[Reads]:
    """Read everything from this replica inside the block: sessions and permissions too, as old as they are there."""
    with _reading(Choice(alias, "primary down"), read_only=True) as reads:
        yield reads


class PrimaryDownError(OperationalError):
    """Something was to be written while the primary does not answer."""


class PrimaryReplicaRouter:
    """Django's router over `Reads`."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        reads = _reads.get()
        if reads is not None and reads.is_read_only:
            return reads.alias
        if reads is None or not is_replicable(model) or connections[PRIMARY].in_atomic_block:
            return PRIMARY
        return reads.alias

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        """Always name the primary: None would fall back to the database that the instance was read from.

        Django also asks as an instance is put together, with the other one that it refers to: nothing is written then.
        """
        reads = _reads.get()
        if reads is not None and reads.is_read_only:
            if "instance" in hints and not isinstance(hints["instance"], model):
                return PRIMARY
            raise PrimaryDownError(f"{model._meta.label} can't be written now.")
        if reads is not None and is_replicable(model):
            reads.move_to_primary()
        return PRIMARY

    def allow_relation(self, obj1: models.Model, obj2: models.Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        owned = bool(hints.get("console_owned"))
        return db == PRIMARY and console_may_migrate(app_label, model_name, console_owned=owned)


def is_replicable(model: type[models.Model]) -> bool:
    """Tell whether a stale read of the model is harmless: the shared tables, and what the console keeps beside them.

    Sessions, staff accounts, permissions, content types and the admin's log are not: they decide who may do what.
    """
    return is_shared(model) or bool(getattr(model, "is_console_table", False))
