"""What staff can do to a subscription: each verb's words, permission and form. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from users.forms.subscription import ExtendForm, PauseForm, VerbForm
from users.forms.subscription_cancellation import CancelForm
from users.forms.subscription_terms import ChangePlanForm, StartForm
from users.models import SubscriptionStatus, UserSubscription
from ygs_admin.staff.models import Staff

from .refunds import Fault

Apply = Callable[[UserSubscription, Staff, dict[str, Any]], bool]

ACTIVE, PAUSED = SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED
EXPIRED, CANCELED = SubscriptionStatus.EXPIRED, SubscriptionStatus.CANCELED
NONE = "none"
"""Stands for a member without a subscription."""


@dataclass(frozen=True)
class SubscriptionVerb:
    """`statuses` are those in which the verb is offered; whether it applies is decided by the model, later."""

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    permission: str
    statuses: frozenset[str]
    form: type[VerbForm]
    apply: Apply
    inverse: str = ""
    tone: str = "neutral"

    @property
    def name(self) -> str:
        return self.key.replace("-", "_")

    @property
    def url_name(self) -> str:
        return f"users:subscription_{self.name}"


def _start(subscription: UserSubscription, by: Staff, given: dict[str, Any]) -> bool:
    user, version = subscription.user, given["row_version"]
    UserSubscription.start(user, given["terms"], auto_renew=given["auto_renew"], by=by, version=version)
    return True


def _change_plan(subscription: UserSubscription, by: Staff, given: dict[str, Any]) -> bool:
    return subscription.change_plan(given["terms"], by=by, reason=given["reason"], version=given["row_version"])


def _pause(subscription: UserSubscription, by: Staff, given: dict[str, Any]) -> bool:
    return subscription.pause(by=by, reason=given["reason"], version=given["row_version"])


def _resume(subscription: UserSubscription, by: Staff, given: dict[str, Any]) -> bool:
    return subscription.resume(by=by, version=given["row_version"])


def _extend(subscription: UserSubscription, by: Staff, given: dict[str, Any]) -> bool:
    return subscription.extend(
        by=by,
        reason=given["reason"],
        days=given["days"] or 0,
        introductions=given["introductions"] or 0,
        version=given["row_version"],
    )


def _cancel(subscription: UserSubscription, by: Staff, given: dict[str, Any]) -> bool:
    return subscription.cancel(
        by=by,
        reason=given["reason"],
        fault=Fault(given["fault"]),
        settled_krw=given["settled_krw"],
        computed_krw=given["computed_krw"],
        version=given["row_version"],
    )


def _uncancel(subscription: UserSubscription, by: Staff, given: dict[str, Any]) -> bool:
    return subscription.uncancel(by=by, version=given["row_version"])


START = SubscriptionVerb(
    "start",
    _("Start a subscription"),
    _("The term begins now. What is left empty is as the price list has it."),
    _("The subscription has started."),
    "users.add_usersubscription",
    frozenset({NONE, EXPIRED, CANCELED}),
    StartForm,
    _start,
)
CHANGE_PLAN = SubscriptionVerb(
    "change-plan",
    _("Change plan"),
    _("What was used stays used; the period counts from the term's start. The difference is shown before it is taken."),
    _("The plan is changed."),
    "users.change_usersubscription",
    frozenset({ACTIVE, PAUSED}),
    ChangePlanForm,
    _change_plan,
)
PAUSE = SubscriptionVerb(
    "pause",
    _("Pause"),
    _("The period stands still until it is resumed, and the member is not introduced."),
    _("The subscription is paused."),
    "users.change_usersubscription",
    frozenset({ACTIVE}),
    PauseForm,
    _pause,
    inverse="resume",
)
RESUME = SubscriptionVerb(
    "resume",
    _("Resume"),
    _("The period runs on; its end is put off by the time that it stood still."),
    _("The subscription runs again."),
    "users.change_usersubscription",
    frozenset({PAUSED}),
    VerbForm,
    _resume,
    tone="good",
)
EXTEND = SubscriptionVerb(
    "extend",
    _("Extend"),
    _("Days put the end off, introductions add to what is left. An expired subscription becomes active again."),
    _("The subscription is extended."),
    "users.change_usersubscription",
    frozenset({ACTIVE, PAUSED, EXPIRED}),
    ExtendForm,
    _extend,
)
CANCEL = SubscriptionVerb(
    "cancel",
    _("Cancel the subscription"),
    _("The term ends now, and the refund is settled. It depends on who is at fault:"),
    _("The subscription is canceled."),
    "users.refund_usersubscription",
    frozenset({ACTIVE, PAUSED}),
    CancelForm,
    _cancel,
    inverse="uncancel",
    tone="bad",
)
UNCANCEL = SubscriptionVerb(
    "uncancel",
    _("Take the cancellation back"),
    _("The term runs on, and the settlement is evened out. See to it that a refund which was paid comes back."),
    _("The cancellation is taken back."),
    "users.refund_usersubscription",
    frozenset({CANCELED}),
    VerbForm,
    _uncancel,
)

SUBSCRIPTION_VERBS = {verb.key: verb for verb in (START, RESUME, CHANGE_PLAN, EXTEND, PAUSE, UNCANCEL, CANCEL)}


def offered_to(subscription: UserSubscription | None) -> list[SubscriptionVerb]:
    """Return the verbs that fit a subscription's status, or its absence, whoever may press them."""
    status = subscription.status if subscription else NONE
    return [verb for verb in SUBSCRIPTION_VERBS.values() if status in verb.statuses]
