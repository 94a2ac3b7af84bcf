"""Soft deletion: a time in `deleted_at` hides a row; nothing here issues SQL DELETE.

One deletion stamps a row and what hangs on it with one and the same time. That time is the batch: `restore()` brings
back the rows that carry it, and leaves what had been deleted before.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import SharedModel
from .querysets import SharedQuerySet
from .routing import PRIMARY, using_primary
from .timestamps import UTCDateTimeField

Row = TypeVar("Row", bound=models.Model)
RowsByLabel = dict[str, int]


class DeletedRowExistsError(Exception):
    """A unique value is held by a deleted row, which could be restored."""

    def __init__(self, holder: "SoftDeleteModel") -> None:
        self.holder = holder
        super().__init__(f"{holder._meta.object_name} {holder.pk} is deleted and holds this value.")


class SoftDeleteQuerySet(SharedQuerySet[Row]):
    """Rows that can be deleted and restored."""

    model: Any

    def live(self) -> Self:
        return self.filter(deleted_at__isnull=True)

    def deleted(self) -> Self:
        return self.filter(deleted_at__isnull=False)

    def delete(self) -> tuple[int, RowsByLabel]:  # type: ignore[override]
        """Stamp these rows and what hangs on them with one time; return how many rows, as Django's `delete()` does.

        Locks the rows first, in the order of their keys, so that a deletion and a restoration at the same moment come
        one after the other. Rows that are deleted already keep their time. A few statements, however many rows.
        """
        now = timezone.now()
        with transaction.atomic(using=PRIMARY):
            keys = self.live()._locked_keys()
            rows = {self.model._meta.label: self._all(keys).update(deleted_at=now)}
            for label, hanging, parent in self.model.hanging_rows():
                rows[label] = hanging.live().filter(**{f"{parent}__in": keys}).update(deleted_at=now)
        return sum(rows.values()), rows

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def restore(self) -> tuple[int, RowsByLabel]:
        """Bring back these rows, and of what hangs on them the rows that the same deletion took."""
        with transaction.atomic(using=PRIMARY):
            keys = self.deleted()._locked_keys()
            rows = {}
            for label, hanging, parent in self.model.hanging_rows():
                batch = hanging.filter(**{f"{parent}__in": keys, "deleted_at": F(f"{parent}__deleted_at")})
                rows[label] = batch.update(deleted_at=None)
            rows[self.model._meta.label] = self._all(keys).update(deleted_at=None)
        return sum(rows.values()), rows

    restore.alters_data = True  # type: ignore[attr-defined]
    restore.queryset_only = True  # type: ignore[attr-defined]

    def get_or_create(self, defaults: Any = None, **kwargs: Any) -> tuple[Row, bool]:
        """Get or create; a deleted row that holds the key is `DeletedRowExistsError`, not an IntegrityError."""
        try:
            return super().get_or_create(defaults, **kwargs)
        except IntegrityError as error:
            holder = self.model.all_objects.using(PRIMARY).deleted().filter(**kwargs).first()
            if holder is None:
                raise
            raise DeletedRowExistsError(holder) from error

    def _locked_keys(self) -> list[str]:
        return list(self.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))

    def _all(self, keys: list[str]) -> "SoftDeleteQuerySet[Any]":
        rows: SoftDeleteQuerySet[Any] = self.model.all_objects.filter(pk__in=keys)
        return rows


class LiveRows(models.Manager[Row]):
    """The default manager: hides deleted rows."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(deleted_at__isnull=True)


class SoftDeleteModel(SharedModel):
    """A row with `deleted_at`.

    `objects` hides deleted rows, `all_objects` does not. The base manager stays unfiltered, so that a foreign key to a
    deleted row still resolves. Managers do not filter joins and counts: scopes say `deleted_at__isnull` there.
    """

    deleted_with: ClassVar[tuple[str, ...]] = ()
    """Names of the reverse relations whose rows are deleted and restored with this one."""

    is_destroyed_when_due: ClassVar[bool] = True
    """`purge_deleted` destroys the rows once they have been deleted for long enough; the database's role may."""

    objects: ClassVar[Any] = LiveRows.from_queryset(SoftDeleteQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(SoftDeleteQuerySet)()

    deleted_at = UTCDateTimeField(_("deleted at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        base_manager_name = "all_objects"

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @classmethod
    def hanging_rows(cls) -> list[tuple[str, "SoftDeleteQuerySet[Any]", str]]:
        """Return (label, every row, name of the foreign key to this model) for each relation in `deleted_with`."""
        relations: list[Any] = [cls._meta.get_field(name) for name in cls.deleted_with]
        return [
            (relation.related_model._meta.label, relation.related_model.all_objects.all(), relation.field.name)
            for relation in relations
        ]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, RowsByLabel]:  # type: ignore[override]
        """Stamp `deleted_at` on this row and what hangs on it; a row that is deleted already stays as it is."""
        count: tuple[int, RowsByLabel] = type(self).all_objects.filter(pk=self.pk).delete()
        self.refresh_from_db(fields=["deleted_at"])
        return count

    def restore(self) -> tuple[int, RowsByLabel]:
        """Undo the deletion that took this row; a live row stays as it is."""
        count: tuple[int, RowsByLabel] = type(self).all_objects.filter(pk=self.pk).restore()
        self.refresh_from_db(fields=["deleted_at"])
        return count

    def validate_unique(self, exclude: Any = None) -> None:
        """Refuse a value that a deleted row holds too, naming that row: the database would refuse it later."""
        super().validate_unique(exclude)
        with using_primary():
            if errors := self._values_held_by_deleted_rows(exclude):
                raise ValidationError(errors)

    def _values_held_by_deleted_rows(self, exclude: Any) -> dict[str, list[ValidationError]]:
        errors: dict[str, list[ValidationError]] = {}
        checks, _dates = self._get_unique_checks(exclude, include_meta_constraints=True)  # type: ignore[attr-defined]
        for model, names in checks:
            holder = self._deleted_holder(model, names)
            if holder is not None:
                key = names[0] if len(names) == 1 else NON_FIELD_ERRORS
                errors.setdefault(key, []).append(held_by_deleted(holder))
        return errors

    def _deleted_holder(self, model: Any, names: tuple[str, ...]) -> "SoftDeleteModel | None":
        values = {name: self.serializable_value(name) for name in names}
        if None in values.values():
            return None
        holder: SoftDeleteModel | None = model.all_objects.deleted().filter(**values).exclude(pk=self.pk).first()
        return holder


def held_by_deleted(holder: SoftDeleteModel) -> ValidationError:
    """Return the error that says who holds a unique value; `params["holder"]` is the deleted row, to offer it back."""
    return ValidationError(
        _("A deleted entry, %(id)s, holds this value. Restore it instead."),
        code="held_by_deleted",
        params={"id": holder.pk, "holder": holder},
    )
