"""Using up introductions, giving them back, using them again: each once, however often it is asked for."""

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
            if row._times(LedgerKind.USED, match_history_id):
                return False
            row._use(match_history_id, by)
        return True

    def use_again(self, *, match_history_id: str, by: Staff | None) -> bool:
        """Use up once more an introduction that was given back; False where it was not, or is used again already.

        Raises:
            VerbRefusedError: none is left, or the subscription is not active now.
        """
        with self.changing(by=by, match_history_id=match_history_id) as row:
            given_back = row._times(LedgerKind.GIVEN_BACK, match_history_id)
            if not given_back or row._times(LedgerKind.USED, match_history_id) > given_back:
                return False
            row._use(match_history_id, by)
        return True

    def give_back(self, *, match_history_id: str, by: Staff | None, reason: str = "") -> bool:
        """Give an introduction of the present term back; False where that has been done already.

        Raises:
            VerbRefusedError: it was not used in this term, or the subscription is canceled and settled.
        """
        with self.changing(by=by, reason=reason, match_history_id=match_history_id) as row:
            given_back = row._times(LedgerKind.GIVEN_BACK, match_history_id)
            if given_back and row._times(LedgerKind.USED, match_history_id) == given_back:
                return False
            row.refuse_to_give_back(match_history_id)
            row._count(-1, LedgerKind.GIVEN_BACK, match_history_id, by, reason)
        return True

    def refuse_to_give_back(self, match_history_id: str) -> None:
        """Raise `VerbRefusedError` where this introduction can't be given back as things are."""
        self.refuse_unless_in(GIVES_BACK)
        if not self._used_in_this_term(match_history_id) or self.introductions_used < 1:
            raise VerbRefusedError(_("This introduction was not used in the present term."))

    def _use(self, match_history_id: str, by: Staff | None) -> None:
        self.refuse_unless_in({SubscriptionStatus.ACTIVE})
        if self.lacks_time_at(timezone.now()):
            raise VerbRefusedError(_("The subscription's period is over."))
        if self.introductions_left == 0:
            raise VerbRefusedError(_("No introductions are left."))
        self._count(1, LedgerKind.USED, match_history_id, by)

    def _count(self, number: int, kind: str, match_history_id: str, by: Staff | None, reason: str = "") -> None:
        self.catch_up_ledger()
        self.introductions_used += number
        occasion = self._times(kind, match_history_id) + 1
        self.enter(kind, by=by, match_history_id=match_history_id, occasion=occasion, reason=reason)

    def _times(self, kind: str, match_history_id: str) -> int:
        entries = IntroductionLedger.objects.filter(subscription_id=self.pk, match_history_id=match_history_id)
        return int(entries.filter(kind=kind).count())

    def _used_in_this_term(self, match_history_id: str) -> bool:
        entries = IntroductionLedger.objects.filter(subscription_id=self.pk)
        granted = entries.filter(kind=LedgerKind.GRANTED).order_by("-position").values_list("position", flat=True)
        used = entries.filter(kind=LedgerKind.USED, match_history_id=match_history_id)
        return bool(used.filter(position__gt=granted.first() or 0).exists())
