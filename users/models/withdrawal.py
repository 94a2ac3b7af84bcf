"""A member's leaving, and coming back."""

from typing import Self

from ygs_admin.db.soft_delete import SoftDeleteQuerySet
from ygs_admin.staff.models import Staff

from .access import Action
from .status import HasStatus, UserStatus

WITHDRAWABLE = set(UserStatus) - {UserStatus.WITHDRAWN}


class WithdrawalQuerySet(SoftDeleteQuerySet):
    def withdrawn(self) -> Self:
        return self.filter(status=UserStatus.WITHDRAWN)


class Withdrawable(HasStatus):
    class Meta:
        abstract = True

    def withdraw(self, *, by: Staff | None, reason: str, version: int | None = None) -> bool:
        """Note that the member has left, saying why."""
        return self.change_status(
            UserStatus.WITHDRAWN, allowed_from=WITHDRAWABLE, action=Action.UPDATE, by=by, reason=reason, version=version
        )

    def readmit(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Take a member back with the status from before the withdrawal."""
        return self.return_from(
            UserStatus.WITHDRAWN, to_one_of=WITHDRAWABLE, otherwise=UserStatus.PENDING, by=by, version=version
        )
