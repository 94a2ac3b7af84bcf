"""Deleting and restoring members and what belongs to them, with a row of the access record for each data subject."""

from typing import Any

from django.db import transaction

from ygs_admin.db.soft_delete import SoftDeleteModel, SoftDeleteQuerySet
from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit


class DeletionQuerySet(SoftDeleteQuerySet):
    def soft_delete(self, *, by: Staff | None, reason: str = "") -> int:
        """Delete these rows; return how many of them were live. A few statements, however many."""
        return self._delete_or_restore(self.live(), "delete", Action.DELETE, by=by, reason=reason)

    soft_delete.alters_data = True  # type: ignore[attr-defined]
    soft_delete.queryset_only = True  # type: ignore[attr-defined]

    def undelete(self, *, by: Staff | None) -> int:
        """Restore these rows; return how many of them were deleted."""
        return self._delete_or_restore(self.deleted(), "restore", Action.RESTORE, by=by)

    undelete.alters_data = True  # type: ignore[attr-defined]
    undelete.queryset_only = True  # type: ignore[attr-defined]

    def _delete_or_restore(self, rows: Any, change: str, action: str, *, by: Staff | None, reason: str = "") -> int:
        with transaction.atomic():
            subjects = dict(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", self.model.subject))
            getattr(self.model.all_objects.filter(pk__in=list(subjects)), change)()
            UserAccessAudit.objects.bulk_create(
                [
                    UserAccessAudit.about(
                        action,
                        by=by,
                        user_id=subject,
                        resource_type=self.model._meta.db_table,
                        resource_id=key,
                        reason=reason or None,
                    )
                    for key, subject in subjects.items()
                ],
                batch_size=1000,
            )
        return len(subjects)


class Deletable(SoftDeleteModel):
    """A row that staff delete and restore. `subject` names the column with the member it speaks of."""

    subject = "user_id"

    class Meta:
        abstract = True

    def soft_delete(self, *, by: Staff | None, reason: str = "", version: int | None = None) -> bool:
        """Delete this row and what hangs on it; False where it is deleted already.

        Raises:
            RowConflictError: the row is live, and not the one that the person saw.
        """
        with transaction.atomic():
            self._expect(version, self._this_row().live())
            deleted = self._this_row().soft_delete(by=by, reason=reason)
        self.refresh_from_db(fields=["deleted_at"])
        return bool(deleted)

    def undelete(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Undo the deletion that took this row; False where it is live.

        Raises:
            RowConflictError: the row is deleted, and not the one that the person saw.
        """
        with transaction.atomic():
            self._expect(version, self._this_row().deleted())
            restored = self._this_row().undelete(by=by)
        self.refresh_from_db(fields=["deleted_at"])
        return bool(restored)

    def _expect(self, version: int | None, row: Any) -> None:
        current = row.with_row_version().select_for_update(of=("self",)).first() if version is not None else None
        if current is not None:
            current.expect(version)

    def _this_row(self) -> Any:
        return type(self).all_objects.filter(pk=self.pk)
