"""Booking a consultation and moving it: at no time that is taken, and outside working hours only on purpose."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from users.models import Action, User, UserStatus
from users.models.changing import ChangedByVerbs
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .availability import why_not_open
from .consultants import is_consultant
from .consultation_clash import CONSULTANT_ONCE, MEMBER_ONCE, ClashError, refusing_clashes
from .consultation_slot import Slot
from .consultation_status import OPEN, Concludable, ConsultStatus

SHORTEST, LONGEST = 10, 240
TAKES_TIME = {"consultant_id", "user", "scheduled_at", "duration_minutes", "status"}


class OutsideHoursError(VerbRefusedError):
    """Nobody works then; it can be booked all the same, on purpose (`anyway`)."""


class Bookable(Concludable, ChangedByVerbs):
    consultant_id: Any
    duration_minutes: Any
    channel: Any
    topic: Any
    memo: Any

    class Meta:
        abstract = True

    @property
    def slot(self) -> Slot:
        return Slot(self.consultant_id, self.scheduled_at, self.duration_minutes)

    @classmethod
    def book(
        cls, user: User, slot: Slot, *, by: Staff | None, anyway: bool = False, **described: Any
    ) -> tuple[Self, bool]:
        """Book a time for a member; `described` are the columns that say what for.

        Returns the consultation and True; what is booked just so already and False.

        Raises:
            OutsideHoursError: nobody works then, and nobody said `anyway`, which goes into the access record.
            ClashError: consultant or member are in another consultation then.
            VerbRefusedError: the member is deleted or has left, or the consultant takes no consultations.
        """
        row = cls(
            user=user,
            consultant_id=slot.consultant_id,
            scheduled_at=slot.starts_at,
            duration_minutes=slot.minutes,
            **described,
        )
        try:
            with refusing_clashes(cls), transaction.atomic():
                _refuse_absent(user.locked())
                row.save_recorded(Action.CREATE, by=by, **_agreed_to(slot, anyway=anyway))
        except ClashError as clash:
            booked: Any = clash.consultation
            if booked is None or (booked.user_id, booked.slot) != (user.pk, slot):
                raise
            return booked, False
        return row, True

    def move(self, slot: Slot, *, by: Staff | None, anyway: bool = False, version: int | None = None) -> bool:
        """Move it to another time, consultant or length; moving it back is the inverse. False where it is there.

        Raises:
            OutsideHoursError, ClashError: as for `book`.
            VerbRefusedError: it is not scheduled, or the consultant takes no consultations.
            RowConflictError: the row is not the one that the person's page showed.
        """
        if type(self).objects.filter(pk=self.pk, **_columns(slot)).exists():
            return False
        agreed = _agreed_to(slot, anyway=anyway)
        with refusing_clashes(type(self)), self.changing(by=by, **agreed) as row:
            row.expect(version)
            row.refuse_unless_in(OPEN)
            row.consultant_id, row.scheduled_at, row.duration_minutes = slot.consultant_id, slot.starts_at, slot.minutes
        return True

    def describe(self, *, by: Staff | None, channel: str, topic: str, memo: str, version: int | None = None) -> bool:
        """Say by which channel, what about and what was said, whatever became of it. False where it says so already."""
        with self.changing(by=by) as row:
            described = (channel, topic or None, memo or None)
            if (row.channel, row.topic, row.memo) == described:
                return False
            row.expect(version)
            row.channel, row.topic, row.memo = described
        return True

    def clean(self) -> None:
        """Refuse a change that takes somebody's time twice, before the database does, in forms that edit any column."""
        super().clean()
        is_moved = any(field.name in TAKES_TIME for field in self.changed_fields())
        if is_moved and self.status == ConsultStatus.SCHEDULED and not self.is_deleted and (error := self._clash()):
            raise ValidationError(str(error), code="clash")

    def _clash(self) -> ClashError | None:
        """Return the refusal that the time would meet now, as far as its columns have values."""
        if None in (self.consultant_id, self.user_id, self.scheduled_at, self.duration_minutes):
            return None
        slot = self.slot
        near = type(self).objects.exclude(pk=self.pk).taking_time_around(slot).select_related("user")
        for constraint, theirs in (
            (CONSULTANT_ONCE, near.filter(consultant_id=slot.consultant_id)),
            (MEMBER_ONCE, near.filter(user=self.user_id)),
        ):
            if taken := next((row for row in theirs if row.slot.ends_at > slot.starts_at), None):
                return ClashError(constraint, taken)
        return None

    def undelete(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Bring it back; see `Deletable`.

        Raises:
            ClashError: the time has been taken since.
        """
        with refusing_clashes(type(self)):
            return super().undelete(by=by, version=version)


def _columns(slot: Slot) -> dict[str, Any]:
    return {
        "consultant_id": slot.consultant_id,
        "scheduled_at": slot.starts_at,
        "duration_minutes": slot.minutes,
    }


def _refuse_absent(user: User) -> None:
    if user.status == UserStatus.WITHDRAWN:
        raise VerbRefusedError(_("This member has left the service."))


def _agreed_to(slot: Slot, *, anyway: bool) -> dict[str, str]:
    """Return what the access record says of a time at which nobody works; nothing of any other."""
    if not SHORTEST <= slot.minutes <= LONGEST:
        message = _("A consultation takes from %(shortest)s to %(longest)s minutes.")
        raise VerbRefusedError(message % {"shortest": SHORTEST, "longest": LONGEST})
    if not is_consultant(slot.consultant_id):
        raise VerbRefusedError(_("This account takes no consultations."))
    reason = why_not_open(slot)
    if reason and not anyway:
        raise OutsideHoursError(reason)
    return {"anyway": reason} if reason else {}
