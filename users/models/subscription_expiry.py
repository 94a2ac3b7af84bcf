"""Subscriptions whose period is over."""

from datetime import datetime, timedelta
from typing import Self

from django.utils import timezone

from ygs_admin.staff.models import Staff

from .deletion import DeletionQuerySet
from .subscription_terms import HasTerms, SubscriptionStatus

ENDING_SOON = timedelta(days=7)


class ExpiryQuerySet(DeletionQuerySet):
    def lapsed(self, at: datetime) -> Self:
        """Return the active rows whose period is over then. A paused period stands still, and does not end."""
        return self.filter(status=SubscriptionStatus.ACTIVE, expires_at__lte=at)

    def ending(self) -> Self:
        """Return the active rows whose period is over within seven days: those to speak with about another."""
        now = timezone.now()
        return self.filter(status=SubscriptionStatus.ACTIVE, expires_at__gt=now, expires_at__lte=now + ENDING_SOON)


class Expirable(HasTerms):
    class Meta:
        abstract = True

    def expire(self, *, by: Staff | None = None) -> bool:
        """End the term, if its period is over; its inverse is an extension. False where there is nothing to end."""
        with self.changing(by=by) as row:
            if row.status != SubscriptionStatus.ACTIVE or not row.lacks_time_at(timezone.now()):
                return False
            row.status = SubscriptionStatus.EXPIRED
        return True
