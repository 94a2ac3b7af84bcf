"""Writing down what one side says after a meeting, deleting that, and bringing it back."""

from collections.abc import Sequence
from typing import Any, Self

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from users.models import Action
from users.models.status import VerbRefusedError
from ygs_admin.db.soft_delete import DeletedRowExistsError
from ygs_admin.staff.models import Staff

from .changing import ChangedForBoth
from .introduction_status import IntroductionStatus

AFTER_MEETING = {
    IntroductionStatus.MET,
    IntroductionStatus.NO_SHOW,
    IntroductionStatus.DATING,
    IntroductionStatus.MARRIED,
    IntroductionStatus.ENDED,
}


class Givable(ChangedForBoth):
    deleted_message = _("This feedback is deleted. Restore it first.")

    match_history: Any
    user_id: Any

    class Meta:
        abstract = True

    @property
    def user_ids(self) -> tuple[str, str]:
        ids: tuple[str, str] = self.match_history.user_ids
        return ids

    @property
    def reported_id(self) -> str:
        """Return the id of the member whom the feedback is about: the partner of whoever gives it."""
        first, second = self.user_ids
        return second if self.user_id == first else first

    @classmethod
    def give(
        cls,
        introduction: Any,
        *,
        by: Staff | None,
        user_id: str,
        rating: int,
        wants_to_meet_again: bool | None = None,
        tags: Sequence[str] = (),
        comment: str = "",
        is_incident: bool = False,
    ) -> Self:
        """Write down what a member says of the meeting; the inverse is `soft_delete`.

        Two who write down the same side's at once come one after the other; the second is refused.

        Raises:
            VerbRefusedError: the two have not met, or this side's feedback is there already.
            DeletedRowExistsError: it is there, deleted, and could be restored.
            ValueError: the member is neither of the two.
        """
        introduction.side(user_id)
        with transaction.atomic():
            pair = introduction.locked()
            pair.refuse_unless_in(AFTER_MEETING)
            cls._refuse_second(pair.pk, user_id)
            row = cls(
                match_history=pair,
                user_id=user_id,
                rating=rating,
                wants_to_meet_again=wants_to_meet_again,
                tags=list(tags) or None,
                comment=comment or None,
                is_incident=is_incident,
            )
            row.save_recorded(Action.CREATE, by=by)
        return row

    def soft_delete(self, *, by: Staff | None, reason: str = "", version: int | None = None) -> bool:
        """Delete the feedback; False where it is deleted already.

        Raises:
            VerbRefusedError: it reports an incident that nobody has decided on.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with transaction.atomic():
            row = self.locked_even_if_deleted()
            if row.is_deleted:
                return False
            row.expect(version)
            row.refuse_if_undecided()
            row.delete()
            row.record(Action.DELETE, by=by, reason=reason)
        self.refresh_from_db()
        return True

    def undelete(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Bring the feedback back; False where it is there.

        Raises:
            RowConflictError: the row is not the one that the person's page showed.
        """
        with transaction.atomic():
            row = self.locked_even_if_deleted()
            if not row.is_deleted:
                return False
            row.expect(version)
            row.restore()
            row.record(Action.RESTORE, by=by)
        self.refresh_from_db()
        return True

    def refuse_if_undecided(self) -> None:
        raise NotImplementedError

    @classmethod
    def _refuse_second(cls, introduction_id: str, user_id: str) -> None:
        rows: Any = cls.all_objects
        there = rows.filter(match_history=introduction_id, user=user_id).first()
        if there is None:
            return
        if there.is_deleted:
            raise DeletedRowExistsError(there)
        raise VerbRefusedError(_("What this member says is written down already."))
