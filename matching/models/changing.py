"""The one way in which verbs change a row that speaks of two members: locked, versioned, recorded for both."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self, cast

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from users.models import Action, UserAccessAudit
from users.models.access import masked_changes
from users.models.status import VerbRefusedError
from ygs_admin.db.soft_delete import SoftDeleteModel
from ygs_admin.staff.models import Staff


class ChangedForBoth(SoftDeleteModel):
    """A row about two members that changes by verbs.

    Every verb decides on the row as the primary holds it now, locked, returns False where what it does is done
    already, and writes a row of the access record for each of the two in the same transaction. `version` is the
    `row_version` that the person's page showed: another one is a `RowConflictError`, and nothing is written.
    """

    deleted_message: ClassVar[str | Promise]
    """What a verb says of a row that is deleted."""

    updated_at: Any

    class Meta:
        abstract = True

    @property
    def user_ids(self) -> tuple[str, str]:
        raise NotImplementedError

    @contextmanager
    def changing(
        self, *, by: Staff | None, reason: str = "", action: str = Action.UPDATE, **detail: Any
    ) -> Iterator[Self]:
        """Give the block this row, locked; save and record what the block changed, nothing where it changed nothing.

        `detail` goes into the access record beside the changed fields, as far as it says anything.
        """
        with transaction.atomic():
            row = self.locked()
            yield row
            row.save_recorded(action, by=by, reason=reason, **detail)
        self.refresh_from_db()

    def save_recorded(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Save what changed with a row of the access record for each member. Call it inside a transaction."""
        changes = {
            field.attname: (self.stored_values.get(field.attname), getattr(self, field.attname))
            for field in self.changed_fields()
        }
        if not changes:
            return
        self.save()
        said = {name: value for name, value in detail.items() if value}
        self.record_for_both(action, by=by, reason=reason, **masked_changes(changes), **said)

    def record_for_both(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Write a row of the access record for each of the two."""
        UserAccessAudit.record_each(
            action,
            self.user_ids,
            by=by,
            resource_type=self._meta.db_table,
            resource_id=self.pk,
            reason=reason or None,
            detail=detail or None,
        )

    def touch(self) -> None:
        """Have the row written though none of its columns changes: something that hangs on it does."""
        self.updated_at = timezone.now()

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
