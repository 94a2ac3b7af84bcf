"""Migration operations for what the console adds beside the backend's tables: side tables, triggers, indexes."""

from pathlib import Path

from django.db.migrations import RunSQL

CONSOLE_OWNED = {"console_owned": True}


def console_sql(path: Path, reverse_sql: str) -> RunSQL:
    """Run a file of statements, also where the backend owns the schema. The statements must bear being run again."""
    return RunSQL([(path.read_text(encoding="utf-8"), None)], reverse_sql, hints=CONSOLE_OWNED)


def console_index(name: str, definition: str) -> RunSQL:
    """Create an index without blocking writers; `definition` is what follows `ON`. Needs a non-atomic migration."""
    return RunSQL(
        f"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {definition}",
        f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
        hints=CONSOLE_OWNED,
    )


def console_extension(name: str) -> RunSQL:
    """Add one of PostgreSQL's trusted extensions; going back leaves it, since others may use it by then."""
    return RunSQL(f"CREATE EXTENSION IF NOT EXISTS {name}", RunSQL.noop, hints=CONSOLE_OWNED)
