"""Starting a subscription: a member's first, or the next one on the same row."""

from typing import Any, Self

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.subscriptions.plans import Terms
from ygs_admin.db.soft_delete import DeletedRowExistsError
from ygs_admin.staff.models import Staff

from .access import Action
from .status import VerbRefusedError
from .subscription_ledger import KeepsLedger, LedgerKind
from .subscription_terms import SubscriptionStatus
from .user import User

ENDED = {SubscriptionStatus.EXPIRED, SubscriptionStatus.CANCELED}


class Startable(KeepsLedger):
    class Meta:
        abstract = True

    @classmethod
    def start(
        cls, user: User, terms: Terms, *, by: Staff | None, auto_renew: bool = False, version: int | None = None
    ) -> Self:
        """Begin a term now, and return the member's subscription.

        A member has one row: an ended one is used again, what was left of its introductions lapses. Two who start at
        once come one after the other; the second is refused.

        Raises:
            VerbRefusedError: a term runs already, or the member is deleted.
            DeletedRowExistsError: the member's row is deleted, and could be restored.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with transaction.atomic():
            user.locked()
            row = cls._row_of(user)
            row.expect(version)
            if not row._state.adding:
                row.refuse_unless_in(ENDED)
                row._lapse()
            row._begin(terms, auto_renew=auto_renew)
            row._save_begun(by)
        row.refresh_from_db()
        return row

    @classmethod
    def _row_of(cls, user: User) -> Self:
        rows: Any = cls.all_objects.with_row_version().select_for_update(of=("self",))
        row: Self | None = rows.filter(user_id=user.pk).first()
        if row is not None and row.is_deleted:
            raise DeletedRowExistsError(row)
        return row or cls(user_id=user.pk)

    def _lapse(self) -> None:
        """Enter that what was left goes with the term that has ended."""
        self.catch_up_ledger()
        if self.introductions_left:
            self.introductions_total = self.introductions_used
            self.enter(LedgerKind.CARRIED, by=None, reason=str(_("What was left lapsed with the earlier term.")))

    def _begin(self, terms: Terms, *, auto_renew: bool) -> None:
        self.take_terms(terms)
        self.status, self.introductions_used, self.auto_renew = SubscriptionStatus.ACTIVE, 0, auto_renew
        self.starts_at = timezone.now()
        self.expires_at = terms.ends(self.starts_at)
        self.paused_at = self.canceled_at = None

    def _save_begun(self, by: Staff | None) -> None:
        action = Action.CREATE if self._state.adding else Action.UPDATE
        try:
            with transaction.atomic():
                self.save_recorded(action, by=by)
        except IntegrityError as error:
            raise VerbRefusedError(_("The app has just started a subscription for this member.")) from error
        self.enter(LedgerKind.GRANTED, by=by)
