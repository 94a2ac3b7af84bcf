"""Canceling a term with its refund, and taking that back."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.subscriptions.milestones import milestones_of
from users.subscriptions.refunds import Contract, Fault, Refund, most_refundable, refund
from ygs_admin.staff.models import Staff

from .status import VerbRefusedError
from .subscription_pause import Pausable
from .subscription_settlement import SubscriptionSettlement
from .subscription_terms import RUNNING, SubscriptionStatus


class Cancelable(Pausable):
    class Meta:
        abstract = True

    def refunds(self, at: datetime) -> dict[str, Refund]:
        """Return what a cancellation at that moment would refund, by who is at fault."""
        contract = Contract(
            price_krw=self.price_krw,
            introductions_total=self.introductions_total,
            introductions_used=self.introductions_used,
            starts_at=self.starts_at,
            expires_at=self.expires_at,
            paused=self.paused_before(),
            paused_at=self.paused_at,
        )
        milestones = milestones_of(self.user_id, self.starts_at, at)
        return {fault: refund(contract, milestones, fault, at) for fault in Fault}

    def cancel(
        self,
        *,
        by: Staff | None,
        reason: str,
        fault: Fault,
        settled_krw: int,
        computed_krw: int | None = None,
        version: int | None = None,
    ) -> bool:
        """End the term before its time and settle the refund; False where it is canceled already: paid out once.

        `computed_krw` is what the law's rules gave, kept beside what was settled.

        Raises:
            VerbRefusedError: no term runs, or the amount is negative or above anything that the rules can give.
            RowConflictError: the row is not the one that the person's page showed.
        """
        amounts = {"fault": fault.value, "computed_krw": computed_krw, "settled_krw": settled_krw}
        with self.changing(by=by, reason=reason, settlement=amounts) as row:
            if row.status == SubscriptionStatus.CANCELED:
                return False
            row.expect(version)
            row.refuse_unless_in(RUNNING)
            row.refuse_amount(settled_krw, fault)
            row.status, row.canceled_at, row.auto_renew = SubscriptionStatus.CANCELED, timezone.now(), False
            SubscriptionSettlement(
                subscription_id=row.pk,
                canceled_at=row.canceled_at,
                actor_id=by.pk if by else None,
                actor_name=by.name if by else None,
                reason=reason,
                **amounts,
            ).save()
        return True

    def uncancel(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Take a cancellation back with its settlement: the term runs on, or stays paused if it was.

        Whether money that went out has come back is for staff to see to. False where no cancellation stands.

        Raises:
            VerbRefusedError: the term has ended otherwise, or its period is over by now.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by) as row:
            if row.status in RUNNING:
                return False
            row.expect(version)
            row.refuse_unless_in({SubscriptionStatus.CANCELED})
            if row.paused_at is None and row.lacks_time_at(timezone.now()):
                raise VerbRefusedError(_("The subscription's period is over by now. Start a new one instead."))
            settlement = row.settlement()
            row.status = SubscriptionStatus.PAUSED if row.paused_at else SubscriptionStatus.ACTIVE
            row.canceled_at = None
            if settlement is not None:
                settlement.taken_back(by=by).save()
        return True

    def settlement(self) -> SubscriptionSettlement | None:
        """Return what was settled when this subscription was canceled, None where the app canceled it, or nobody."""
        if self.canceled_at is None:
            return None
        rows = SubscriptionSettlement.objects.filter(subscription_id=self.pk, canceled_at=self.canceled_at)
        return rows.order_by("-created_at", "-id").first()

    def refuse_amount(self, settled_krw: int, fault: Fault) -> None:
        """Raise `VerbRefusedError` for an amount that no rule can give."""
        most = most_refundable(self.price_krw, fault)
        if settled_krw < 0 or (most is not None and settled_krw > most):
            message = _("The refund must be between ₩0 and ₩%(most)s.")
            raise VerbRefusedError(message % {"most": f"{most or 0:,}"})
