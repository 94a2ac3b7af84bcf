"""Adding days or introductions to a term, as a courtesy or to make up for something."""

from datetime import UTC, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff

from .access import UserAccessAudit
from .status import VerbRefusedError
from .subscription_ledger import KeepsLedger, LedgerKind
from .subscription_terms import SubscriptionStatus

EXTENDABLE = {SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED, SubscriptionStatus.EXPIRED}


class Extendable(KeepsLedger):
    class Meta:
        abstract = True

    def extend(
        self, *, by: Staff | None, reason: str, days: int = 0, introductions: int = 0, version: int | None = None
    ) -> bool:
        """Add days, introductions or both; an expired term that has days left again is active again.

        False where nothing is asked for. Not idempotent by itself: the version keeps a second press from adding twice.

        Raises:
            VerbRefusedError: the subscription is canceled, or has no end or no limit that could be extended.
            RowConflictError: the row is not the one that the person's page showed.
        """
        if not days and not introductions:
            return False
        told: dict[str, Any] = {"extended_days": days, "extended_term": self.term_on_record()} if days else {}
        with self.changing(by=by, reason=reason, **told) as row:
            row.expect(version)
            row.refuse_unless_in(EXTENDABLE)
            if days:
                row._add_days(days)
            if introductions:
                row._add_introductions(introductions, by=by, reason=reason)
        return True

    def extended_before(self) -> timedelta:
        """Return by how much the present term was extended, as the access record tells of it."""
        rows = UserAccessAudit.objects.about(self.user_id).filter(
            resource_id=self.pk, detail__extended_term=self.term_on_record()
        )
        return timedelta(days=sum(rows.values_list("detail__extended_days", flat=True)))

    def term_on_record(self) -> str:
        """Return what the record calls the present term: when it starts, in UTC."""
        return str(self.starts_at.astimezone(UTC).isoformat())

    def _add_days(self, days: int) -> None:
        if self.expires_at is None:
            raise VerbRefusedError(_("The subscription has no end that could be put off."))
        self.expires_at += timedelta(days=days)
        if self.status == SubscriptionStatus.EXPIRED and not self.lacks_time_at(timezone.now()):
            self.status = SubscriptionStatus.ACTIVE

    def _add_introductions(self, introductions: int, *, by: Staff | None, reason: str) -> None:
        if self.introductions_total is None:
            raise VerbRefusedError(_("The subscription's introductions are unlimited already."))
        self.catch_up_ledger()
        self.introductions_total += introductions
        self.enter(LedgerKind.EXTENDED, by=by, reason=reason)
