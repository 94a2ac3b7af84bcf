"""Barring a member for a while."""

from typing import Self

from ygs_admin.db.soft_delete import SoftDeleteQuerySet
from ygs_admin.staff.models import Staff

from .access import Action
from .status import HasStatus, UserStatus


class SuspensionQuerySet(SoftDeleteQuerySet):
    def suspended(self) -> Self:
        return self.filter(status=UserStatus.SUSPENDED)


class Suspendable(HasStatus):
    class Meta:
        abstract = True

    def suspend(self, *, by: Staff | None, reason: str) -> bool:
        """Bar the member, saying why."""
        allowed = {UserStatus.PENDING, UserStatus.APPROVED}
        return self.change_status(
            UserStatus.SUSPENDED, allowed_from=allowed, action=Action.UPDATE, by=by, reason=reason
        )

    def reinstate(self, *, by: Staff | None) -> bool:
        """Lift the suspension: the member has the status from before it again."""
        to = self.status_before() or UserStatus.APPROVED
        return self.change_status(to, allowed_from={UserStatus.SUSPENDED}, action=Action.UPDATE, by=by)
