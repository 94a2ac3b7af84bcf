"""SQL DELETE on tables of the backend: past every manager, for rows whose time is over and for nothing else."""

from collections.abc import Collection

from django.db import connections
from django.db.models import Model
from psycopg import sql

from .routing import PRIMARY

DELETE = sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)")


def destroy_rows(model: type[Model], column: str, values: Collection[str]) -> int:
    """Delete the rows of which the column holds one of these values, deleted softly or not; return how many.

    The caller has locked what they hang on, and writes in the same transaction what is told of it.
    """
    statement = DELETE.format(sql.Identifier(model._meta.db_table), sql.Identifier(column))
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(statement, [list(values)])
        return int(cursor.rowcount)
