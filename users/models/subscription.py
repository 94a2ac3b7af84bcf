"""What a member pays for: a plan, its period and its introductions."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows
from ygs_admin.db.timestamps import UTCDateTimeField

from .deletion import Deletable, DeletionQuerySet
from .user import User


class Plan(models.TextChoices):
    TRIAL = "trial", _("Trial")
    BASIC = "basic", _("Basic")
    STANDARD = "standard", _("Standard")
    PREMIUM = "premium", _("Premium")


class SubscriptionStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    EXPIRED = "expired", _("Expired")
    CANCELED = "canceled", _("Canceled")


class UserSubscription(Deletable):
    id = PrefixedULIDField(_("ID"), prefix="sub", primary_key=True)
    user = models.OneToOneField(User, models.DO_NOTHING, verbose_name=_("member"))
    plan = EnumField(_("plan"), choices=Plan.choices)
    status = EnumField(_("status"), choices=SubscriptionStatus.choices)
    starts_at = UTCDateTimeField(_("starts"))
    expires_at = UTCDateTimeField(_("ends"), null=True, blank=True)
    introductions_total = models.IntegerField(
        _("introductions"), null=True, blank=True, help_text=_("Empty: unlimited within the period.")
    )
    introductions_used = models.IntegerField(_("introductions used"), default=0)
    price_krw = models.IntegerField(_("price (₩)"), null=True, blank=True)
    auto_renew = models.BooleanField(_("renews itself"), default=False)
    paused_at = UTCDateTimeField(_("paused"), null=True, blank=True)
    canceled_at = UTCDateTimeField(_("canceled"), null=True, blank=True)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = LiveRows.from_queryset(DeletionQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(DeletionQuerySet)()

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

    @property
    def introductions_left(self) -> int | None:
        """Return what is left of the introductions, None for no limit."""
        if self.introductions_total is None:
            return None
        return max(0, self.introductions_total - self.introductions_used)
