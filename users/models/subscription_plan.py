"""Changing the plan of a running term."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.subscriptions.plans import Terms
from ygs_admin.staff.models import Staff

from .status import VerbRefusedError
from .subscription_extension import Extendable
from .subscription_ledger import LedgerKind
from .subscription_pause import Pausable
from .subscription_terms import RUNNING


class ChangesPlan(Pausable, Extendable):
    class Meta:
        abstract = True

    def change_plan(self, terms: Terms, *, by: Staff | None, reason: str = "", version: int | None = None) -> bool:
        """Take other terms from now on; False where they are the terms already.

        What was used stays used. The new period counts from the term's start, with the time that was paused and the
        days that the term was extended by.

        Raises:
            VerbRefusedError: no term runs, more is used than the new terms grant, or the new period is over already.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by, reason=reason) as row:
            row.expect(version)
            row.refuse_unless_in(RUNNING)
            row.refuse_if_too_small(terms)
            row.catch_up_ledger()
            row.take_terms(terms)
            row.expires_at = row.end_under(terms)
            if row.lacks_time_at(row.paused_at or timezone.now()):
                raise VerbRefusedError(_("Under the new terms the period would be over already."))
            changed = bool(row.changed_fields())
            if changed:
                row.enter(LedgerKind.PLAN_CHANGED, by=by, reason=reason)
        return changed

    def end_under(self, terms: Terms) -> datetime:
        """Return when the present term would end under other terms."""
        return terms.ends(self.starts_at) + self.paused_before() + self.extended_before()

    def refuse_if_too_small(self, terms: Terms) -> None:
        """Raise `VerbRefusedError` where more is used than these terms grant."""
        total = terms.introductions_total
        if total is not None and total < self.introductions_used:
            message = _("%(used)s introductions are used already: the new terms must grant at least as many.")
            raise VerbRefusedError(message % {"used": self.introductions_used})
