"""A member's status and the one way to change it."""

from collections.abc import Collection
from typing import Any, Self, cast

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.enums import EnumField
from ygs_admin.db.soft_delete import SoftDeleteModel
from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit


class UserStatus(models.TextChoices):
    PENDING = "pending", _("Pending")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class VerbRefusedError(Exception):
    """A verb does not apply to the record as it stands; the message says why, to the person who pressed it."""


class HasStatus(SoftDeleteModel):
    """A row whose status changes only by verbs."""

    status = EnumField(_("status"), choices=UserStatus.choices, default=UserStatus.PENDING)

    class Meta:
        abstract = True

    def change_status(
        self,
        to: str,
        *,
        allowed_from: Collection[str],
        action: str,
        by: Staff | None,
        reason: str = "",
        version: int | None = None,
    ) -> bool:
        """Move to a status and record it, in one transaction; False where the member has that status already.

        Decides on the row as the primary holds it now, locked, not on what this instance was read as. `version` is the
        `row_version` that the person saw.

        Raises:
            VerbRefusedError: the member is deleted, or has a status that this verb does not start from.
            RowConflictError: the row is not the one that the person saw.
        """
        with transaction.atomic():
            current = self.locked()
            if current.status == to:
                return False
            current.expect(version)
            current.refuse_unless(current.status in allowed_from)
            current._write_status(to, action=action, by=by, reason=reason)
        self.refresh_from_db()
        return True

    def return_from(
        self,
        left: str,
        *,
        to_one_of: Collection[str],
        otherwise: str,
        by: Staff | None,
        version: int | None = None,
    ) -> bool:
        """Give the member the status from before `left` again, in one transaction; False where that has been done.

        `otherwise` is the status of a member whose earlier one the access record does not know.

        Raises:
            VerbRefusedError: the member is deleted, or has another status than `left`.
            RowConflictError: the row is not the one that the person saw.
        """
        with transaction.atomic():
            current = self.locked()
            changes = current.recorded_status_changes()
            if [left, current.status] in changes[:1]:
                return False
            current.expect(version)
            current.refuse_unless(current.status == left)
            to = _status_before(left, changes, among=to_one_of) or otherwise
            current._write_status(to, action=Action.UPDATE, by=by)
        self.refresh_from_db()
        return True

    def _write_status(self, to: str, *, action: str, by: Staff | None, reason: str = "") -> None:
        before, self.status = self.status, to
        self.save()
        self.record(action, by=by, reason=reason or None, detail={"status": [before, to]})

    def locked(self) -> Self:
        """Return this row from the primary with its version, locked until the transaction ends.

        Raises:
            VerbRefusedError: it is deleted.
        """
        rows = type(self).all_objects.with_row_version().select_for_update(of=("self",))
        current = cast(Self, rows.get(pk=self.pk))
        current.refuse_deleted()
        return current

    def refuse_deleted(self) -> None:
        if self.is_deleted:
            raise VerbRefusedError(_("This member is deleted. Restore the member first."))

    def refuse_unless(self, allowed: bool) -> None:
        if not allowed:
            message = _("This can't be done while the member's status is “%(status)s”.")
            raise VerbRefusedError(message % {"status": self.get_status_display()})

    def recorded_status_changes(self) -> list[list[str]]:
        """Return [before, after] of each change of status that the access record tells of, the newest first."""
        rows = UserAccessAudit.objects.about(self.pk).filter(detail__has_key="status")
        return list(rows.values_list("detail__status", flat=True))

    def record(self, action: str, *, by: Staff | None, **what: Any) -> None:
        """Write one row of the access record about this member."""
        UserAccessAudit.record(action, by=by, user_id=self.pk, **what)


def _status_before(status: str, changes: list[list[str]], *, among: Collection[str]) -> str | None:
    """Return the last of these statuses from which the member came to the present one.

    None where the record does not know: the newest change leads elsewhere, so another program has changed the status.
    """
    if not changes or changes[0][1] != status:
        return None
    return next((before for before, after in changes if after == status and before in among), None)
