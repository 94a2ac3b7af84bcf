"""The one way in which verbs change a row that hangs on a member: locked, versioned, recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, Self, cast

from django.db import transaction
from django.utils.functional import Promise

from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit, masked_changes
from .deletion import Deletable
from .status import VerbRefusedError


class ChangedByVerbs(Deletable):
    """A row that changes by verbs.

    Every verb decides on the row as the primary holds it now, locked, returns False where what it does is done
    already, and writes its row of the access record in the same transaction. `version` is the `row_version` that the
    person's page showed: another one is a `RowConflictError`, and nothing is written.
    """

    deleted_message: ClassVar[str | Promise]
    """What a verb says of a row that is deleted."""

    user: Any
    user_id: Any

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
            row = self._locked()
            yield row
            row.save_recorded(action, by=by, reason=reason, **detail)
        self.refresh_from_db()

    def save_recorded(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Save what changed with its row of the access record. Call it inside a transaction."""
        changes = {
            field.attname: (self.stored_values.get(field.attname), getattr(self, field.attname))
            for field in self.changed_fields()
        }
        if not changes:
            return
        self.save()
        UserAccessAudit.record(
            action,
            by=by,
            user_id=self.user_id,
            resource_type=self._meta.db_table,
            resource_id=self.pk,
            reason=reason or None,
            detail=masked_changes(changes) | detail,
        )

    def _locked(self) -> Self:
        rows = type(self).all_objects.with_row_version().select_for_update(of=("self",))
        row = cast(Self, rows.get(pk=self.pk))
        if row.is_deleted:
            raise VerbRefusedError(self.deleted_message)
        return row
