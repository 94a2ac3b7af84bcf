"""Calling an introduction off, with what it cost both sides; and reopening it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from users.models import User, UserSubscription
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .introduction_answers import Answerable, status_by
from .introduction_changing import SideRefusedError
from .introduction_introducing import Introducible, refuse_unless_introducible
from .introduction_status import IntroductionStatus

BEFORE_MEETING = {
    IntroductionStatus.PROPOSED,
    IntroductionStatus.CONFIRMED,
    IntroductionStatus.INTRODUCED,
    IntroductionStatus.ACCEPTED,
    IntroductionStatus.DATE_FIXED,
}


class Cancelable(Introducible, Answerable):
    class Meta:
        abstract = True

    def cancel(self, *, by: Staff | None, reason: str, version: int | None = None) -> bool:
        """Call the introduction off, and give it back to both sides, each once; False where it is called off.

        A side whose subscription is canceled has been settled with this introduction counted, and one whose term has
        ended since has no such introduction any more: neither gets it back, and `kept_from` on record says why. The
        times stay: what had been delivered had been.

        Raises:
            VerbRefusedError: the two have met, or the story is over otherwise.
            RowConflictError: the row is not the one that the person's page showed.
        """
        kept_from: dict[str, str] = {}
        with self.changing(by=by, reason=reason, kept_from=kept_from) as row:
            if row.status == IntroductionStatus.CANCELED:
                return False
            row.expect(version)
            row.refuse_unless_in(BEFORE_MEETING)
            if row.introduced_at is not None:
                refusals = {member.pk: row.give_back(member, by, reason) for member in row.locked_members()}
                kept_from |= {key: refusal for key, refusal in refusals.items() if refusal}
            row.become(IntroductionStatus.CANCELED, reason=reason)
        return True

    def reopen(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Have the introduction stand as before it was canceled, and take again what was given back for it.

        Raises:
            SideRefusedError: one of the two may not be introduced now, or has no introductions left.
            VerbRefusedError: it is not canceled, or the two were introduced to each other otherwise.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by) as row:
            if row.status in BEFORE_MEETING:
                return False
            row.expect(version)
            row.refuse_unless_in({IntroductionStatus.CANCELED})
            members = row.locked_members()
            row.refuse_if_introduced_before()
            refuse_unless_introducible(members)
            for member in members:
                row.take_again(member, by)
            row.become(row.status_before(IntroductionStatus.CANCELED, among=BEFORE_MEETING, otherwise=row.reached()))
        return True

    def give_back(self, member: User, by: Staff | None, reason: str) -> str:
        """Give one side its introduction back; return why it can't be, an empty text where it is."""
        return _refusal(member, lambda its: its.give_back(match_history_id=self.pk, by=by, reason=reason))

    def refusal_to_give_back(self, member: User) -> str:
        """Return why this side would not get its introduction back, an empty text where it would."""
        return _refusal(member, lambda its: its.refuse_to_give_back(self.pk))

    def take_again(self, member: User, by: Staff | None) -> None:
        """Take from one side what was given back to it, if it was."""
        subscription = subscription_of(member)
        if subscription is None:
            return
        try:
            subscription.use_again(match_history_id=self.pk, by=by)
        except VerbRefusedError as refusal:
            raise SideRefusedError(member, refusal) from refusal

    def reached(self) -> str:
        """Return how far the columns alone say that it had come."""
        if self.introduced_at is None:
            return IntroductionStatus.CONFIRMED
        return status_by(self.responses)


def subscription_of(member: User) -> UserSubscription | None:
    found: UserSubscription | None = UserSubscription.objects.filter(user=member).first()
    return found


def _refusal(member: User, verb: Callable[[UserSubscription], Any]) -> str:
    """Return why the member's subscription refuses a verb, an empty text where it does not."""
    subscription = subscription_of(member)
    if subscription is None:
        return str(_("The member has no subscription."))
    try:
        verb(subscription)
    except VerbRefusedError as refusal:
        return str(refusal)
    return ""
