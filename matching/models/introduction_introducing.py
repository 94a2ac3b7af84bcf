"""Introducing a confirmed pair to each other."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.incidents import blocked_among
from users.models import Action, User, UserStatus, UserSubscription
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .introduction_changing import ChangesPair, SideRefusedError
from .introduction_status import IntroductionStatus

NOT_INTRODUCED = {IntroductionStatus.PROPOSED, IntroductionStatus.CONFIRMED, IntroductionStatus.CANCELED}


class Introducible(ChangesPair):
    introduced_at: Any

    class Meta:
        abstract = True

    def introduce(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Introduce the two to each other, using one introduction of each side's subscription up.

        All of it or nothing, and once: False where they were introduced already, however far they have come since.
        `cancel` takes it back.

        Raises:
            SideRefusedError: one of the two is not approved, has no active subscription, or no introductions left.
            VerbRefusedError: the pair is not confirmed, or the two have been introduced to each other before.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by, action=Action.MATCH) as row:
            if row.introduced_at is not None and row.status not in NOT_INTRODUCED:
                return False
            row.expect(version)
            row.refuse_unless_in({IntroductionStatus.CONFIRMED})
            members = row.locked_members()
            row.refuse_if_introduced_before()
            refuse_unless_introducible(members)
            for member in members:
                use_introduction(member, match_history_id=row.pk, by=by)
            row.status = IntroductionStatus.INTRODUCED
            row.introduced_at = row.introduced_at or timezone.now()
        return True

    def refuse_if_introduced_before(self) -> None:
        """Raise `VerbRefusedError` where these two have met in another introduction. Call it with both locked.

        One that was deleted since has taken place all the same.
        """
        others: Any = type(self).all_objects.exclude(pk=self.pk)
        if others.ever_introduced().of_pair(*self.user_ids).exists():
            raise VerbRefusedError(_("These two have been introduced to each other before."))


def refuse_unless_introducible(members: Collection[User]) -> None:
    """Raise `SideRefusedError` for the first of these members who may not be introduced to anybody now."""
    blocked = blocked_among([member.pk for member in members])
    for member in members:
        if member.is_deleted:
            raise SideRefusedError(member, _("The member is deleted."))
        if member.status != UserStatus.APPROVED:
            message = _("The member's status is “%(status)s”, not approved.")
            raise SideRefusedError(member, message % {"status": member.get_status_display()})
        if member.pk in blocked:
            raise SideRefusedError(member, _("An incident waits for a manager's decision."))


def use_introduction(member: User, *, match_history_id: str, by: Staff | None) -> None:
    """Use one introduction of the member's subscription up, or raise `SideRefusedError`."""
    subscription: UserSubscription | None = UserSubscription.objects.filter(user=member).first()
    if subscription is None:
        raise SideRefusedError(member, _("The member has no subscription."))
    try:
        subscription.use_introduction(match_history_id=match_history_id, by=by)
    except VerbRefusedError as refusal:
        raise SideRefusedError(member, refusal) from refusal
