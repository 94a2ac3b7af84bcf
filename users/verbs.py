"""What staff can do to a member: each verb's words, permission and inverse. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff

from .models import User, UserStatus


@dataclass(frozen=True)
class Verb:
    """`method` is the model's, which decides. `statuses` are those in which the verb is offered, `leads_to` its end."""

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    permission: str
    method: Callable[..., bool]
    statuses: frozenset[str]
    inverse: str
    tone: str = "neutral"
    needs_reason: bool = False
    on_deleted: bool = False
    leads_to: str = ""

    def is_offered(self, user: User, staff: Staff) -> bool:
        return (
            staff.has_perm(self.permission)
            and self.on_deleted is user.is_deleted
            and (not self.statuses or user.status in self.statuses)
        )

    def would_change(self, user: User) -> bool:
        """Foresee what the verb does where it is pressed on many: nothing (False) to whom it was done already.

        Raises:
            VerbRefusedError: it is not offered for a member as this one stands.
        """
        if self in {DELETE, RESTORE}:
            return user.is_deleted is self.on_deleted
        user.refuse_deleted()
        if user.status == self.leads_to:
            return False
        user.refuse_unless(user.status in self.statuses)
        return True

    def apply(self, user: User, by: Staff, reason: str = "", version: int | None = None) -> bool:
        """Do it, on the row of this version where one is given; False where it is done already."""
        given = {"reason": reason} if self.needs_reason else {}
        return self.method(user, by=by, version=version, **given)


ANY: frozenset[str] = frozenset()
APPROVE = Verb(
    "approve",
    _("Approve"),
    _("The member will be let in, and can be introduced."),
    _("%(name)s is approved."),
    "users.approve_user",
    User.approve,
    frozenset({UserStatus.PENDING, UserStatus.REJECTED}),
    inverse="reconsider",
    tone="good",
    leads_to=UserStatus.APPROVED,
)
REJECT = Verb(
    "reject",
    _("Reject"),
    _("The sign-up will be turned down. The reason goes into the access record."),
    _("%(name)s is rejected."),
    "users.approve_user",
    User.reject,
    frozenset({UserStatus.PENDING}),
    inverse="reconsider",
    tone="bad",
    needs_reason=True,
    leads_to=UserStatus.REJECTED,
)
RECONSIDER = Verb(
    "reconsider",
    _("Decide anew"),
    _("The decision will be taken back: the sign-up waits for a decision again."),
    _("%(name)s waits for a decision again."),
    "users.approve_user",
    User.reconsider,
    # An approval is taken back by its undo; later on it is a suspension that is meant.
    frozenset({UserStatus.REJECTED}),
    inverse="approve",
    leads_to=UserStatus.PENDING,
)
SUSPEND = Verb(
    "suspend",
    _("Suspend"),
    _("The member will be barred until reinstated. The reason goes into the access record."),
    _("%(name)s is suspended."),
    "users.suspend_user",
    User.suspend,
    frozenset({UserStatus.PENDING, UserStatus.APPROVED}),
    inverse="reinstate",
    tone="bad",
    needs_reason=True,
    leads_to=UserStatus.SUSPENDED,
)
REINSTATE = Verb(
    "reinstate",
    _("Reinstate"),
    _("The suspension will be lifted: the member has the status from before it again."),
    _("%(name)s is reinstated."),
    "users.suspend_user",
    User.reinstate,
    frozenset({UserStatus.SUSPENDED}),
    inverse="suspend",
    tone="good",
)
WITHDRAW = Verb(
    "withdraw",
    _("Withdraw"),
    _("The member leaves the service. The reason goes into the access record."),
    _("%(name)s has left."),
    "users.withdraw_user",
    User.withdraw,
    frozenset(set(UserStatus) - {UserStatus.WITHDRAWN}),
    inverse="readmit",
    tone="bad",
    needs_reason=True,
    leads_to=UserStatus.WITHDRAWN,
)
READMIT = Verb(
    "readmit",
    _("Readmit"),
    _("The member comes back with the status from before the withdrawal."),
    _("%(name)s is back."),
    "users.withdraw_user",
    User.readmit,
    frozenset({UserStatus.WITHDRAWN}),
    inverse="withdraw",
    tone="good",
)
DELETE = Verb(
    "delete",
    _("Delete"),
    _("The member disappears from lists and searches, with photos, documents and subscription. Nothing is destroyed."),
    _("%(name)s is deleted."),
    "users.delete_user",
    User.soft_delete,
    ANY,
    inverse="restore",
    tone="bad",
    needs_reason=True,
)
RESTORE = Verb(
    "restore",
    _("Restore"),
    _("The member comes back, with what the deletion took."),
    _("%(name)s is restored."),
    "users.restore_user",
    User.undelete,
    ANY,
    inverse="delete",
    tone="good",
    on_deleted=True,
)

VERBS = {
    verb.key: verb for verb in (APPROVE, REJECT, REINSTATE, READMIT, RESTORE, RECONSIDER, SUSPEND, WITHDRAW, DELETE)
}
