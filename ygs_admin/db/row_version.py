"""Optimistic locking without a column: PostgreSQL's `xmin`.

The shared tables have no version column and the clocks of two writers can't be trusted. `xmin` is the number of the
transaction that wrote the row as it stands: it changes on every write by anyone, and is the same on a physical replica.
"""

from collections.abc import Mapping
from typing import Any, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class RowConflictError(Exception):
    """Somebody changed the row since it was read; nothing was written."""

    def __init__(self, instance: models.Model) -> None:
        self.instance = instance
        super().__init__(f"{instance._meta.object_name} {instance.pk} was changed since it was read.")


class RowVersion(models.Expression):
    """The row's `xmin` as a number. Use it on a queryset's own table only."""

    output_field: models.Field = models.BigIntegerField()

    def __init__(self, alias: str | None = None) -> None:
        super().__init__()
        self.alias = alias

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> "RowVersion":
        return RowVersion(query.get_initial_alias())

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        clone = self.copy()
        clone.alias = change_map.get(str(self.alias), self.alias)
        return clone

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        return f"{compiler.quote_name_unless_alias(str(self.alias))}.xmin::text::bigint", []
