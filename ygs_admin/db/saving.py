"""Saving that writes only what changed, and never over somebody else's newer value."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Self

from django.db import models, router
from django.db.models.expressions import BaseExpression
from django.utils import timezone

from .row_version import RowConflictError, RowVersion

NEVER_SAVED = {"deleted_at"}


def _snapshot(value: Any) -> Any:
    return deepcopy(value) if isinstance(value, list | dict) else value


def _holds(field: "models.Field[Any, Any]", value: Any) -> models.Q:
    """Return the condition that a column holds a value; both SQL NULL and the backend's JSON `null` mean None."""
    condition = models.Q(**{field.attname: value})  # None: JSON `null` for a JSONField, IS NULL for any other.
    return condition if value is not None else condition | models.Q(**{f"{field.attname}__isnull": True})


class SavesOnlyChanges(models.Model):
    """A model whose `save()` writes the changed columns, where they still hold what was read.

    - Only columns that differ from what was read are written; nothing changed, nothing is sent.
    - The UPDATE is guarded: by `row_version` where the instance was read `with_row_version()`, else by the old values
      of the columns that it writes. No row updated means `RowConflictError`, and nothing is written. So an instance
      that a lagging replica served cannot overwrite newer data unseen.
    - `deleted_at` is never written: saving does not undelete (see `soft_delete`).
    - `updated_at` is set whenever something is written, null before the first change.
    """

    row_version: int | None = None
    stored_values: dict[str, Any]

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.stored_values = {}
        super().__init__(*args, **kwargs)

    @classmethod
    def from_db(cls, db: str | None, field_names: Iterable[str], values: Iterable[Any]) -> Self:
        instance = super().from_db(db, list(field_names), list(values))
        instance.remember()
        return instance

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Read again from where reads go now, not from the replica that once served the instance."""
        source = using or router.db_for_read(type(self), instance=self)
        super().refresh_from_db(using=source, fields=fields, from_queryset=from_queryset)
        if fields is None:
            self.row_version = None  # It was the version of what has just been replaced.
        self.remember(fields)

    def expect(self, version: int | None) -> None:
        """Refuse to go on where this row, read `with_row_version()`, is not the one that a person saw; None is any.

        Raises:
            RowConflictError: the row is another version.
        """
        if version is not None and version != self.row_version:
            raise RowConflictError(self)

    def changed_fields(self) -> "list[models.Field[Any, Any]]":
        """Return the concrete fields whose value differs from what was read, `deleted_at` and the key left out."""
        return [
            field
            for field in self._meta.concrete_fields
            if field.attname in self.__dict__
            and field.name not in NEVER_SAVED
            and not field.primary_key
            and not (
                field.attname in self.stored_values
                and self.__dict__[field.attname] == self.stored_values[field.attname]
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert a new row, or write what changed.

        A new row is never an UPDATE of one that somebody else has just made under the same key, as it is in Django.

        Raises:
            RowConflictError: the row is no longer what was read.
            IntegrityError: there is such a row already.
        """
        if self._state.adding or kwargs.get("force_insert"):
            super().save(*args, **{"force_insert": True} | kwargs)
            self.remember()
        else:
            self._save_changes(**kwargs)

    def _save_changes(self, **kwargs: Any) -> None:
        requested = kwargs.pop("update_fields", None)
        written = {
            field.name
            for field in self.changed_fields()
            if requested is None or {field.name, field.attname} & set(requested)
        }
        if not written:
            return
        if any(field.name == "updated_at" for field in self._meta.concrete_fields):
            self.updated_at = timezone.now()
            written.add("updated_at")
        super().save(**kwargs, update_fields=written)
        self.row_version = None
        self.remember(written)

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any) -> bool:
        if self.row_version is None:
            guarded = base_qs.filter(self._expected(field for field, _, _ in values))
        else:
            guarded = base_qs.annotate(current_version=RowVersion()).filter(current_version=self.row_version)
        updated: bool = super()._do_update(guarded, using, pk_val, values, *rest)
        if not updated and base_qs.filter(pk=pk_val).exists():
            raise RowConflictError(self)
        return updated

    def _expected(self, fields: "Iterable[models.Field[Any, Any]]") -> models.Q:
        """Return the condition that holds while the columns are as they were read."""
        expected = models.Q()
        for field in fields:
            if field.name != "updated_at" and field.attname in self.stored_values:
                expected &= _holds(field, self.stored_values[field.attname])
        return expected

    def remember(self, fields: Iterable[str] | None = None) -> None:
        """Note the values that the database holds now; an expression's result is unknown until it is read again."""
        for field in self._meta.concrete_fields:
            if field.attname not in self.__dict__ or (fields is not None and field.name not in fields):
                continue
            value = self.__dict__[field.attname]
            if isinstance(value, BaseExpression):
                self.stored_values.pop(field.attname, None)
            else:
                self.stored_values[field.attname] = _snapshot(value)
