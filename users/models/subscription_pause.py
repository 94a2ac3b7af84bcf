"""Pausing a term, and resuming it: the time paused is added to its end."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff

from .access import UserAccessAudit
from .status import VerbRefusedError
from .subscription_terms import HasTerms, SubscriptionStatus

RESUMED = [SubscriptionStatus.PAUSED.value, SubscriptionStatus.ACTIVE.value]


class Pausable(HasTerms):
    class Meta:
        abstract = True

    def pause(self, *, by: Staff | None, reason: str, version: int | None = None) -> bool:
        """Let the period stand still from now on.

        Raises:
            VerbRefusedError: the subscription is not active, or its period is over.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by, reason=reason) as row:
            if row.status == SubscriptionStatus.PAUSED:
                return False
            row.expect(version)
            row.refuse_unless_in({SubscriptionStatus.ACTIVE})
            now = timezone.now()
            if row.lacks_time_at(now):
                raise VerbRefusedError(_("The subscription's period is over."))
            row.status, row.paused_at = SubscriptionStatus.PAUSED, now
        return True

    def resume(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Let the period run on, its end later by the time that it stood still.

        Raises:
            VerbRefusedError: the subscription is not paused.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by) as row:
            if row.status == SubscriptionStatus.ACTIVE:
                return False
            row.expect(version)
            row.refuse_unless_in({SubscriptionStatus.PAUSED})
            row.status = SubscriptionStatus.ACTIVE
            if row.expires_at is not None and row.paused_at is not None:
                row.expires_at += max(timedelta(), timezone.now() - row.paused_at)
            row.paused_at = None
        return True

    def paused_before(self) -> timedelta:
        """Return how long the present term stood still in pauses that are over, as the access record tells of them."""
        rows = UserAccessAudit.objects.about(self.user_id).filter(
            resource_id=self.pk, created_at__gte=self.starts_at, detail__status=RESUMED, detail__has_key="expires_at"
        )
        ends = rows.values_list("detail__expires_at", flat=True)
        return sum((_moment(after) - _moment(before) for before, after in ends), timedelta())


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
