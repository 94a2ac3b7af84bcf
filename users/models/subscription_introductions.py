"""Using up introductions, and giving them back: each once an introduction, however often it is asked for."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff

from .status import VerbRefusedError
from .subscription_ledger import IntroductionLedger, KeepsLedger, LedgerKind
from .subscription_terms import SubscriptionStatus

GIVES_BACK = {SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED, SubscriptionStatus.EXPIRED}


class UsesIntroductions(KeepsLedger):
    class Meta:
        abstract = True

    def use_introduction(self, *, match_history_id: str, by: Staff | None) -> bool:
        """Use one introduction up; False where this one has been counted already.

        Raises:
            VerbRefusedError: none is left, or the subscription is not active now.
        """
        with self.changing(by=by, match_history_id=match_history_id) as row:
            if row._entered(LedgerKind.USED, match_history_id):
                return False
            row.refuse_unless_in({SubscriptionStatus.ACTIVE})
            if row.lacks_time_at(timezone.now()):
                raise VerbRefusedError(_("The subscription's period is over."))
            if row.introductions_left == 0:
                raise VerbRefusedError(_("No introductions are left."))
            row._count(1, LedgerKind.USED, match_history_id, by)
        return True

    def give_back(self, *, match_history_id: str, by: Staff | None, reason: str = "") -> bool:
        """Give an introduction of the present term back; False where that has been done already.

        Raises:
            VerbRefusedError: it was not used in this term, or the subscription is canceled and settled.
        """
        with self.changing(by=by, reason=reason, match_history_id=match_history_id) as row:
            if row._entered(LedgerKind.GIVEN_BACK, match_history_id):
                return False
            row.refuse_unless_in(GIVES_BACK)
            if not row._used_in_this_term(match_history_id) or row.introductions_used < 1:
                raise VerbRefusedError(_("This introduction was not used in the present term."))
            row._count(-1, LedgerKind.GIVEN_BACK, match_history_id, by, reason)
        return True

    def _count(self, number: int, kind: str, match_history_id: str, by: Staff | None, reason: str = "") -> None:
        self.catch_up_ledger()
        self.introductions_used += number
        self.enter(kind, by=by, match_history_id=match_history_id, reason=reason)

    def _entered(self, kind: str, match_history_id: str) -> bool:
        entries = IntroductionLedger.objects.filter(subscription_id=self.pk, match_history_id=match_history_id)
        return bool(entries.filter(kind=kind).exists())

    def _used_in_this_term(self, match_history_id: str) -> bool:
        entries = IntroductionLedger.objects.filter(subscription_id=self.pk)
        granted = entries.filter(kind=LedgerKind.GRANTED).order_by("-position").values_list("position", flat=True)
        used = entries.filter(kind=LedgerKind.USED, match_history_id=match_history_id)
        return bool(used.filter(position__gt=granted.first() or 0).exists())
