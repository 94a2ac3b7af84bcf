"""SQL that means Seoul days over naive UTC columns too."""

from typing import Any

from django.db.backends.postgresql import operations


class DatabaseOperations(operations.DatabaseOperations):
    def _convert_sql_to_tz(self, sql: str, params: Any, tzname: str | None) -> tuple[str, Any]:
        """Read the column as a `timestamptz` before moving it to a zone.

        Stock Django writes `column AT TIME ZONE 'Asia/Seoul'`, which on a `timestamp` takes the value to *be* Seoul
        time and moves it the wrong way. With the session at UTC the cast attaches UTC, and changes nothing on a
        `timestamptz`. A date is moved to no zone, and left as it is.
        """
        if not tzname:
            return sql, params
        converted: tuple[str, Any] = super()._convert_sql_to_tz(f"({sql})::timestamptz", params, tzname)  # type: ignore[misc]
        return converted
