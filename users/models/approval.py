"""Deciding on a sign-up: approve, reject, and take either back."""

from typing import Self

from ygs_admin.db.soft_delete import SoftDeleteQuerySet
from ygs_admin.staff.models import Staff

from .access import Action
from .status import HasStatus, UserStatus


class ApprovalQuerySet(SoftDeleteQuerySet):
    def pending(self) -> Self:
        return self.filter(status=UserStatus.PENDING)

    def approved(self) -> Self:
        return self.filter(status=UserStatus.APPROVED)


class Approvable(HasStatus):
    class Meta:
        abstract = True

    def approve(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Let the member in."""
        allowed = {UserStatus.PENDING, UserStatus.REJECTED}
        return self.change_status(
            UserStatus.APPROVED, allowed_from=allowed, action=Action.APPROVE, by=by, version=version
        )

    def reject(self, *, by: Staff | None, reason: str, version: int | None = None) -> bool:
        """Turn the sign-up down, saying why."""
        allowed = {UserStatus.PENDING, UserStatus.APPROVED}
        return self.change_status(
            UserStatus.REJECTED, allowed_from=allowed, action=Action.REJECT, by=by, reason=reason, version=version
        )

    def reconsider(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Take an approval or a rejection back: the sign-up waits for a decision again."""
        allowed = {UserStatus.APPROVED, UserStatus.REJECTED}
        return self.change_status(
            UserStatus.PENDING, allowed_from=allowed, action=Action.UPDATE, by=by, version=version
        )
