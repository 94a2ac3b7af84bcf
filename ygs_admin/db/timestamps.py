"""Times of the shared tables: naive UTC in some databases, `timestamptz` in others, aware UTC in Python over both."""

from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone


class UTCDateTimeField(models.DateTimeField):
    """A point in time over a `timestamp` or a `timestamptz` column.

    Reading attaches UTC where the column has no zone. Writing sends an untyped literal with an explicit `+00:00`:
    PostgreSQL ignores the offset for a `timestamp` and honours it for a `timestamptz`, so that both store the same
    moment whatever the session's time zone. A comparison stays on the bare column, so its index serves it.

    Day, month and week (`__date`, `Trunc…`) are made right by the database backend, see `postgresql/operations.py`.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "timestamp"

    def from_db_value(self, value: datetime | None, *_: object) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if timezone.is_naive(value) else value.astimezone(UTC)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        moment = super().get_db_prep_value(value, connection, prepared)
        return moment.astimezone(UTC).isoformat(sep=" ") if isinstance(moment, datetime) else moment

    def get_placeholder(self, value: Any, compiler: object, connection: BaseDatabaseWrapper) -> str:
        """Keep bulk inserts off `UNNEST(…::timestamp[])`, which would type the literal and drop its offset."""
        return "%s"
