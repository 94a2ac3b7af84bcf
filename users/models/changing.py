"""The one way in which verbs change a row that hangs on members: locked, versioned, recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self, cast

from django.db import transaction
from django.utils.functional import Promise

from ygs_admin.db.soft_delete import SoftDeleteModel
from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit, masked_changes
from .deletion import Deletable
from .status import VerbRefusedError


class Changing(SoftDeleteModel):
    """A row that changes by verbs.

    Every verb decides on the row as the primary holds it now, locked, returns False where what it does is done
    already, and writes to the access record in the same transaction. `version` is the `row_version` that the person's
    page showed: another one is a `RowConflictError`, and nothing is written.
    """

    deleted_message: ClassVar[str | Promise]
    """What a verb says of a row that is deleted."""

    class Meta:
        abstract = True

    @contextmanager
    def changing(
        self, *, by: Staff | None, reason: str = "", action: str = Action.UPDATE, **detail: Any
    ) -> Iterator[Self]:
        """Give the block this row, locked; save and record what the block changed, nothing where it changed nothing.

        `detail` goes into the access record beside the changed fields.
        """
        with transaction.atomic():
            row = self.locked()
            yield row
            row.save_recorded(action, by=by, reason=reason, **detail)
        self.refresh_from_db()

    def save_recorded(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Save what changed and record it for whom it concerns. Call it inside a transaction."""
        changes = {
            field.attname: (self.stored_values.get(field.attname), getattr(self, field.attname))
            for field in self.changed_fields()
        }
        if changes:
            self.save()
            self.record(action, by=by, reason=reason, **masked_changes(changes) | detail)

    def record(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Write to the access record."""
        raise NotImplementedError

    def locked(self) -> Self:
        """Return this row from the primary with its version, locked until the transaction ends.

        Raises:
            VerbRefusedError: it is deleted.
        """
        row = self.locked_even_if_deleted()
        if row.is_deleted:
            raise VerbRefusedError(self.deleted_message)
        return row

    def locked_even_if_deleted(self) -> Self:
        rows = type(self).all_objects.with_row_version().select_for_update(of=("self",))
        return cast(Self, rows.get(pk=self.pk))


class ChangedByVerbs(Changing, Deletable):
    """A row that belongs to one member."""

    user: Any
    user_id: Any

    class Meta:
        abstract = True

    def record(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Write a row of the access record about the member."""
        UserAccessAudit.record(
            action,
            by=by,
            user_id=self.user_id,
            resource_type=self._meta.db_table,
            resource_id=self.pk,
            reason=reason or None,
            detail=detail,
        )
