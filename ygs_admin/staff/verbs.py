"""What managers can do to an account: each verb's words. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .lockout import account_key, forget_failures, locked_accounts
from .models import Staff


def _unlock(staff: Staff, by: Staff) -> bool:
    is_lifted = forget_failures(staff) > 0
    if is_lifted:
        staff.tell(by, {"locked": [True, False]})
    return is_lifted


@dataclass(frozen=True)
class AccountVerb:
    """`applies` decides whether it is offered; whether it may be done is decided by the model, later."""

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    apply: Callable[[Staff, Staff], bool]
    applies: Callable[[Staff], bool]
    inverse: str = ""
    tone: str = "neutral"

    @property
    def path(self) -> str:
        return self.key.replace("_", "-")

    def is_offered(self, staff: Staff, by: Staff) -> bool:
        return by.has_perm("staff.change_staff") and staff.pk != by.pk and self.applies(staff)


VERBS = {
    verb.key: verb
    for verb in (
        AccountVerb(
            "reactivate",
            _("Reactivate"),
            _("The account can sign in again, with the second factor that it had."),
            _("%(name)s can sign in again."),
            lambda staff, by: staff.reactivate(by=by),
            lambda staff: not staff.is_active,
            inverse="deactivate",
            tone="good",
        ),
        AccountVerb(
            "unlock",
            _("Unlock"),
            _("Failed attempts are forgotten: the account can sign in from everywhere again."),
            _("%(name)s is unlocked."),
            _unlock,
            lambda staff: account_key(staff.email) in locked_accounts(),
        ),
        AccountVerb(
            "end_sessions",
            _("End sessions"),
            _("Wherever the account is signed in, the next click leads to the sign-in."),
            _("The sessions of %(name)s are ended."),
            lambda staff, by: staff.end_sessions(by=by),
            lambda staff: staff.is_active,
        ),
        AccountVerb(
            "reset_second_factor",
            _("Reset second factor"),
            _("Devices and recovery codes are forgotten, sessions end. A new one is set up at the next sign-in."),
            _("The second factor of %(name)s is reset."),
            lambda staff, by: staff.reset_second_factor(by=by),
            lambda staff: staff.is_active,
            tone="bad",
        ),
        AccountVerb(
            "deactivate",
            _("Deactivate"),
            _("The account can no longer sign in, and its sessions end at once. What it did stays on record."),
            _("%(name)s is deactivated."),
            lambda staff, by: staff.deactivate(by=by),
            lambda staff: staff.is_active,
            inverse="reactivate",
            tone="bad",
        ),
    )
}
