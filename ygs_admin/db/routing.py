"""Which database a query goes to, and why.

Reads of the tables that the backend owns may go to the replica; all else goes to the primary. A request makes one
choice for all of its reads (`middleware.py` opens it), and its first write moves the rest of it to the primary. Outside
a request (commands, jobs, shells) everything is read from the primary unless the code says `reading_from_replica()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections, models

from .ownership import console_may_migrate, is_shared

PRIMARY = "default"
REPLICA = "replica"


@dataclass
class Reads:
    """Where one request, or one `with` block, reads, and what it has written so far."""

    alias: str
    has_written: bool = False
    must_be_read_back: bool = False

    def note_write(self, *, must_be_read_back: bool) -> None:
        self.alias = PRIMARY
        self.has_written = True
        self.must_be_read_back = self.must_be_read_back or must_be_read_back


_reads: ContextVar[Reads | None] = ContextVar("reads", default=None)


def replica_is_configured() -> bool:
    return REPLICA in settings.DATABASES


@contextmanager
def _reading(alias: str) -> Iterator[Reads]:
    outer = _reads.get()
    reads = Reads(alias)
    token = _reads.set(reads)
    try:
        yield reads
    finally:
        _reads.reset(token)
        if outer is not None and reads.has_written:
            outer.note_write(must_be_read_back=reads.must_be_read_back)


@contextmanager
def using_primary() -> Iterator[Reads]:
    """Read from the primary inside the block, whatever holds outside."""
    with _reading(PRIMARY) as reads:
        yield reads


@contextmanager
def reading_from_replica() -> Iterator[Reads]:
    """Read from the replica inside the block, until the block writes; without a replica, from the primary."""
    with _reading(REPLICA if replica_is_configured() else PRIMARY) as reads:
        yield reads


class PrimaryReplicaRouter:
    """Django's router over `Reads`."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        reads = _reads.get()
        if reads is None or not is_replicable(model) or connections[PRIMARY].in_atomic_block:
            return PRIMARY
        return reads.alias

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        """Always name the primary: None would fall back to the database that the instance was read from."""
        reads = _reads.get()
        if reads is not None and is_replicable(model):
            reads.note_write(must_be_read_back=getattr(model, "is_read_after_write", True))
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
