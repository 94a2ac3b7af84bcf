"""A member's leaving, and coming back."""

from typing import Self

from ygs_admin.db.soft_delete import SoftDeleteQuerySet
from ygs_admin.staff.models import Staff

from .access import Action
from .status import HasStatus, UserStatus


class WithdrawalQuerySet(SoftDeleteQuerySet):
    def withdrawn(self) -> Self:
        return self.filter(status=UserStatus.WITHDRAWN)


class Withdrawable(HasStatus):
    class Meta:
        abstract = True

    def withdraw(self, *, by: Staff | None, reason: str) -> bool:
        """Note that the member has left, saying why."""
        allowed = set(UserStatus) - {UserStatus.WITHDRAWN}
        return self.change_status(
            UserStatus.WITHDRAWN, allowed_from=allowed, action=Action.UPDATE, by=by, reason=reason
        )

    def readmit(self, *, by: Staff | None) -> bool:
        """Take a member back with the status from before the withdrawal."""
        to = self.status_before() or UserStatus.PENDING
        return self.change_status(to, allowed_from={UserStatus.WITHDRAWN}, action=Action.UPDATE, by=by)
