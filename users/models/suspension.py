"""Barring a member for a while."""

from typing import Self

from ygs_admin.db.soft_delete import SoftDeleteQuerySet
from ygs_admin.staff.models import Staff

from .access import Action
from .status import HasStatus, UserStatus

SUSPENDABLE = {UserStatus.PENDING, UserStatus.APPROVED}


class SuspensionQuerySet(SoftDeleteQuerySet):
    def suspended(self) -> Self:
        return self.filter(status=UserStatus.SUSPENDED)


class Suspendable(HasStatus):
    class Meta:
        abstract = True

    def suspend(self, *, by: Staff | None, reason: str, version: int | None = None) -> bool:
        """Bar the member, saying why."""
        return self.change_status(
            UserStatus.SUSPENDED, allowed_from=SUSPENDABLE, action=Action.UPDATE, by=by, reason=reason, version=version
        )

    def reinstate(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Lift the suspension: the member has the status from before it again."""
        return self.return_from(
            UserStatus.SUSPENDED, to_one_of=SUSPENDABLE, otherwise=UserStatus.APPROVED, by=by, version=version
        )
