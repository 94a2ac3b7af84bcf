"""What the connections tell the request that uses them: that it has written, and that a replica has failed it.

Statements are looked at as psycopg sends them, so that no path is missed: views, the admin, `atomic()` blocks, what
runs on commit, SQL by hand, COPY. What a SELECT does in a function of the database is not seen.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import TracebackType
from typing import Any, Self

import psycopg
from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import Cursor  # type: ignore[attr-defined]
from django.db.utils import DatabaseErrorWrapper
from psycopg import sql as psycopg_sql
from psycopg_pool import PoolTimeout, TooManyRequests

from ygs_admin.db.aliases import PRIMARY, REPLICA

from .pooler import is_full

WRITES = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY|CALL)\s+"
    r'(?:"?\w+"?\.)?"?(\w+)"?',
    re.IGNORECASE,
)
READING = ("SELECT", "SAVEPOINT", "RELEASE", "SET", "SHOW", "EXPLAIN", "DECLARE", "FETCH")
# Classes of SQLSTATE that mean the node and not the statement: connection exceptions, a node that shuts down or starts,
# too many connections.
TOO_MANY_CONNECTIONS = "53300"
NODE_FAILED = ("08", "57P", TOO_MANY_CONNECTIONS)
CROWDED = (PoolTimeout, TooManyRequests)
# So psycopg speaks of a connection that an earlier error has ended, which was noted.
ENDED = ("the connection is closed", "the connection is lost")
RECOVERY_CONFLICT = "40001"


class NotingCursor(Cursor):
    """A cursor of the primary's. It notes a write, once its transaction is committed, that a later page must show."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        super().execute(query, params, **options)
        _note_write(query)
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        super().executemany(query, params_seq, **options)
        _note_write(query)

    @contextmanager
    def copy(self, statement: Any, params: Any = None, **options: Any) -> Iterator[psycopg.Copy]:
        with super().copy(statement, params, **options) as copy:
            yield copy
        _note_write(statement)


def count_query(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    from ygs_admin.db.routing import current_reads  # noqa: PLC0415 - models are not loaded when backends are

    if (reads := current_reads()) is not None:
        reads.queries[context["connection"].alias] += 1
    return execute(sql, params, many, context)


def table_written(sql: str) -> str | None:
    """Return the name of the table that a statement writes; None where it only reads."""
    start = sql.lstrip(" \n\t(")
    if start[:9].upper().startswith(READING):
        return None
    found = WRITES.search(start)
    return found.group(1) if found else None


@cache
def _is_read_back(table: str) -> bool:
    """Tell whether somebody's next page may be stale for want of it. A table that the console does not know may be."""
    from ygs_admin.db.routing import is_replicable  # noqa: PLC0415 - models are not loaded when backends are

    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table]
    return all(is_replicable(model) and getattr(model, "is_read_after_write", True) for model in models)


def _note_write(sql: Any) -> None:
    from ygs_admin.db.routing import current_reads  # noqa: PLC0415

    reads = current_reads()
    written = table_written(sql if isinstance(sql, str) else _text(sql)) if reads else None
    if reads is None or not written or not _is_read_back(written):
        return

    def note() -> None:
        reads.move_to_primary()
        reads.must_be_read_back = True

    reads.move_to_primary()
    transaction.on_commit(note, using=PRIMARY, robust=True)


class NotingErrors(DatabaseErrorWrapper):
    """Django's translation of the driver's errors; of a node that failed, the request and the breaker are told."""

    wrapper: BaseDatabaseWrapper

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(exc_value, psycopg.Error):
            note = _note_primary_failure if self.wrapper.alias == PRIMARY else _note_failure
            note(self.wrapper, exc_value)
        super().__exit__(exc_type, exc_value, traceback)


def _note_failure(connection: BaseDatabaseWrapper, error: psycopg.Error) -> None:
    from ygs_admin.db.replication.choosing import breaker_of  # noqa: PLC0415
    from ygs_admin.db.routing import current_reads  # noqa: PLC0415

    is_gone = has_node_failed(error)
    if not connection.alias.startswith(REPLICA) or not (is_gone or error.sqlstate == RECOVERY_CONFLICT):
        return
    if is_gone:
        breaker_of(connection.alias).fail()
        # Every later query on it would fail too.
        connection.errors_occurred = True
        connection.close_if_unusable_or_obsolete()
    if (reads := current_reads()) is not None:
        reads.failed.add(connection.alias)


def _note_primary_failure(connection: BaseDatabaseWrapper, error: psycopg.Error) -> None:
    """A primary that is gone is known to be before the next look at it; one that is merely crowded is not gone."""
    from ygs_admin.db.replication.observer import observer  # noqa: PLC0415
    from ygs_admin.db.routing import current_reads  # noqa: PLC0415

    if not has_node_failed(error) or is_crowded(error) or str(error) in ENDED:
        return
    observer.primary_has_failed()
    if (reads := current_reads()) is not None:
        reads.failed.add(PRIMARY)


def has_node_failed(error: psycopg.Error) -> bool:
    """Tell a node that is gone, or lets nobody in, from a statement that is wrong."""
    if error.sqlstate is None:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return error.sqlstate.startswith(NODE_FAILED)


def is_crowded(error: psycopg.Error) -> bool:
    """Tell that too many want to be let in, by the console's own pool, by the node or by the pooler before it."""
    return isinstance(error, CROWDED) or error.sqlstate == TOO_MANY_CONNECTIONS or is_full(error)


def _text(sql: psycopg_sql.Composable | bytes) -> str:
    return sql.decode(errors="replace") if isinstance(sql, bytes) else sql.as_string(None)
