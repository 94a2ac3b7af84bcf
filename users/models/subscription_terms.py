"""A subscription's columns, which verbs change."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.subscriptions.plans import Terms
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.timestamps import UTCDateTimeField

from .changing import ChangedByVerbs
from .status import VerbRefusedError
from .user import User

DAY = timedelta(days=1)


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


RUNNING = {SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED}


class HasTerms(ChangedByVerbs):
    """A row whose terms change by verbs, which write their row of the ledger in the same transaction."""

    deleted_message = _("This subscription is deleted. Restore it first.")

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

    class Meta:
        abstract = True

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def introductions_left(self) -> int | None:
        """Return what is left of the introductions, None for no limit."""
        if self.introductions_total is None:
            return None
        return max(0, self.introductions_total - self.introductions_used)

    @property
    def days_left(self) -> int | None:
        """Return how many days of the period are left, a begun one included; None where it never ends.

        Time stands still while the subscription is paused.
        """
        if self.expires_at is None:
            return None
        left = self.expires_at - (self._stopped_at() or timezone.now())
        return max(0, int(-(-left // DAY)))

    def lacks_time_at(self, moment: datetime) -> bool:
        """Tell whether the period is over then."""
        return self.expires_at is not None and self.expires_at <= moment

    def take_terms(self, terms: Terms) -> None:
        """Take over plan, count and price; the period is the verb's to say."""
        self.plan, self.introductions_total, self.price_krw = terms.plan, terms.introductions_total, terms.price_krw

    def refuse_unless_in(self, statuses: Collection[str]) -> None:
        if self.status not in statuses:
            message = _("This can't be done while the subscription's status is “%(status)s”.")
            raise VerbRefusedError(message % {"status": self.get_status_display()})

    def _stopped_at(self) -> datetime | None:
        is_stopped = self.status in {SubscriptionStatus.PAUSED, SubscriptionStatus.CANCELED}
        return (self.paused_at or self.canceled_at) if is_stopped else None
