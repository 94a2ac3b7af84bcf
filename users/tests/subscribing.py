"""Members with subscriptions, for the tests of what is done to them."""

from collections.abc import Callable
from typing import Any

from users.models import IntroductionLedger, User, UserAccessAudit, UserSubscription
from users.subscriptions.plans import Terms

MakeMember = Callable[..., User]


def subscribed(member: User, plan: str = "basic", by: Any = None, **columns: Any) -> UserSubscription:
    """Start a subscription through the verb; `columns` are then written as the app would."""
    subscription = UserSubscription.start(member, Terms.of(plan), by=by)
    if columns:
        UserSubscription.objects.filter(pk=subscription.pk).update(**columns)
        subscription.refresh_from_db()
    return subscription


def entries(subscription: UserSubscription) -> list[IntroductionLedger]:
    return list(IntroductionLedger.objects.filter(subscription_id=subscription.pk).order_by("position"))


def as_read(subscription: UserSubscription) -> UserSubscription:
    """Return the subscription as the ledger's page reads it."""
    row: UserSubscription = UserSubscription.objects.with_row_version().with_ledger().get(pk=subscription.pk)
    return row


def last_record(subscription: UserSubscription) -> UserAccessAudit:
    row: UserAccessAudit = UserAccessAudit.objects.about(subscription.user_id)[0]
    return row


def adds_up(subscription: UserSubscription) -> bool:
    """Tell whether the ledger's lines, the unrecorded one included, sum up to the row."""
    row = as_read(subscription)
    unrecorded = row.unrecorded()
    total = sum(entry.delta for entry in entries(subscription)) + (unrecorded.delta if unrecorded else 0)
    return total == (row.introductions_total or 0) - row.introductions_used
