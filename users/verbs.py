"""What staff can do to a member: each verb's words, permission and inverse. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff

from .models import User, UserStatus

Apply = Callable[[User, Staff, str], bool]


@dataclass(frozen=True)
class Verb:
    """`statuses` are those in which the verb is offered; whether it applies is decided by the model, later."""

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    permission: str
    apply: Apply
    statuses: frozenset[str]
    inverse: str
    tone: str = "neutral"
    needs_reason: bool = False
    on_deleted: bool = False

    def is_offered(self, user: User, staff: Staff) -> bool:
        return (
            staff.has_perm(self.permission)
            and self.on_deleted is user.is_deleted
            and (not self.statuses or user.status in self.statuses)
        )


ANY: frozenset[str] = frozenset()
APPROVE = Verb(
    "approve",
    _("Approve"),
    _("The member will be let in, and can be introduced."),
    _("%(name)s is approved."),
    "users.approve_user",
    lambda user, by, _reason: user.approve(by=by),
    frozenset({UserStatus.PENDING, UserStatus.REJECTED}),
    inverse="reconsider",
    tone="good",
)
REJECT = Verb(
    "reject",
    _("Reject"),
    _("The sign-up will be turned down. The reason goes into the access record."),
    _("%(name)s is rejected."),
    "users.approve_user",
    lambda user, by, reason: user.reject(by=by, reason=reason),
    frozenset({UserStatus.PENDING}),
    inverse="reconsider",
    tone="bad",
    needs_reason=True,
)
RECONSIDER = Verb(
    "reconsider",
    _("Decide anew"),
    _("The decision will be taken back: the sign-up waits for a decision again."),
    _("%(name)s waits for a decision again."),
    "users.approve_user",
    lambda user, by, _reason: user.reconsider(by=by),
    # An approval is taken back by its undo; later on it is a suspension that is meant.
    frozenset({UserStatus.REJECTED}),
    inverse="approve",
)
SUSPEND = Verb(
    "suspend",
    _("Suspend"),
    _("The member will be barred until reinstated. The reason goes into the access record."),
    _("%(name)s is suspended."),
    "users.suspend_user",
    lambda user, by, reason: user.suspend(by=by, reason=reason),
    frozenset({UserStatus.PENDING, UserStatus.APPROVED}),
    inverse="reinstate",
    tone="bad",
    needs_reason=True,
)
REINSTATE = Verb(
    "reinstate",
    _("Reinstate"),
    _("The suspension will be lifted: the member has the status from before it again."),
    _("%(name)s is reinstated."),
    "users.suspend_user",
    lambda user, by, _reason: user.reinstate(by=by),
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
    lambda user, by, reason: user.withdraw(by=by, reason=reason),
    frozenset(set(UserStatus) - {UserStatus.WITHDRAWN}),
    inverse="readmit",
    tone="bad",
    needs_reason=True,
)
READMIT = Verb(
    "readmit",
    _("Readmit"),
    _("The member comes back with the status from before the withdrawal."),
    _("%(name)s is back."),
    "users.withdraw_user",
    lambda user, by, _reason: user.readmit(by=by),
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
    lambda user, by, reason: user.soft_delete(by=by, reason=reason),
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
    lambda user, by, _reason: user.undelete(by=by),
    ANY,
    inverse="delete",
    tone="good",
    on_deleted=True,
)

VERBS = {
    verb.key: verb for verb in (APPROVE, REJECT, REINSTATE, READMIT, RESTORE, RECONSIDER, SUSPEND, WITHDRAW, DELETE)
}
