"""What every queryset over a shared table can do, and what it refuses."""

from typing import Any, NoReturn, Self, TypeVar

from django.db import models
from django.utils import timezone

from .row_version import RowVersion

Row = TypeVar("Row", bound=models.Model)


class DeletionRefusedError(Exception):
    """Rows of this table are not deleted: they go with the row that they hang on, or never."""


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

    def delete(self) -> NoReturn:
        raise DeletionRefusedError(self.model._meta.label)

    def _raw_delete(self, using: str | None) -> NoReturn:
        raise DeletionRefusedError(self.model._meta.label)
