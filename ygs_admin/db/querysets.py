"""What every queryset over a shared table can do, and what it refuses."""

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, Self, TypeVar

from django.db import models, transaction
from django.utils import timezone

from .row_version import RowConflictError, RowVersion

Row = TypeVar("Row", bound=models.Model)


class DeletionRefusedError(Exception):
    """Rows of this table are not deleted: they go with the row that they hang on, or never."""


def _saving(instance: models.Model) -> Any:
    """Type an instance as what every model of a shared table is: one that `SavesOnlyChanges`."""
    return instance


class SharedQuerySet(models.QuerySet[Row]):
    """Reads and bulk writes over a table that the backend owns."""

    def with_row_version(self) -> Self:
        """Give each instance its `row_version`, so that saving it is refused once somebody else has written."""
        return self.annotate(row_version=RowVersion())

    def update(self, **kwargs: Any) -> int:
        """Update in one statement, `updated_at` with it where the table has that column."""
        if any(field.name == "updated_at" for field in self.model._meta.concrete_fields):
            kwargs.setdefault("updated_at", timezone.now())
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """Insert; saving one of these instances later writes only what changed since."""
        created = super().bulk_create(objs, *args, **kwargs)
        for instance in created:
            _saving(instance).remember()
        return created

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Update these fields in few statements, where they still hold what was read; return how many rows.

        Raises:
            RowConflictError: one of the rows is no longer what was read; nothing was written.
        """
        rows, names = list(objs), list(fields)
        self._for_write = True
        with transaction.atomic(using=self.db):
            self._refuse_conflicts(rows, names)
            count = super().bulk_update(rows, names, batch_size)
        for row in rows:
            _saving(row).remember(names)
        return count

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def _refuse_conflicts(self, rows: Sequence[Row], names: Sequence[str]) -> None:
        attnames = [self.model._meta.get_field(name).attname for name in names]  # type: ignore[union-attr]
        locked = self.model._base_manager.using(self.db).select_for_update(of=("self",)).order_by("pk")
        current = locked.in_bulk([row.pk for row in rows])
        for row in rows:
            read, now = _saving(row).stored_values, _saving(current.get(row.pk, row)).stored_values
            if any(name in read and read[name] != now.get(name) for name in attnames):
                raise RowConflictError(row)

    def delete(self) -> NoReturn:
        raise DeletionRefusedError(self.model._meta.label)

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise DeletionRefusedError(self.model._meta.label)
