"""What a member pays for: a plan, its period and its introductions."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows

from .subscription_cancellation import Cancelable
from .subscription_expiry import Expirable, ExpiryQuerySet
from .subscription_introductions import UsesIntroductions
from .subscription_ledger import LedgerSubscriptionQuerySet
from .subscription_plan import ChangesPlan
from .subscription_start import Startable
from .subscription_terms import Plan, SubscriptionStatus

__all__ = ["Plan", "SubscriptionStatus", "UserSubscription"]


class SubscriptionQuerySet(ExpiryQuerySet, LedgerSubscriptionQuerySet):  # type: ignore[override]
    pass


class UserSubscription(Startable, ChangesPlan, Cancelable, Expirable, UsesIntroductions):
    """A member's one subscription, `sub_`: the present term, or the last."""

    objects: ClassVar[Any] = LiveRows.from_queryset(SubscriptionQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(SubscriptionQuerySet)()

    class Meta:
        db_table = "user_subscriptions"
        base_manager_name = "all_objects"
        default_related_name = "subscription"
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        indexes = (
            BackendIndex(fields=["plan"], name="ix_user_subscriptions_plan"),
            BackendIndex(fields=["status"], name="ix_user_subscriptions_status"),
            BackendIndex(fields=["expires_at"], name="ix_user_subscriptions_expires_at"),
        )
        permissions = (("refund_usersubscription", _("Can cancel subscriptions and settle refunds")),)

    def __str__(self) -> str:
        return f"{self.get_plan_display()} {self.pk}"
