"""A pair before it is introduced: staff pin it, confirm it, drop it, forbid it, and take each back."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models.access import Action
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .forbidden_pair import ForbiddenPair
from .introduction_changing import ChangesPair
from .introduction_status import UNSENT, IntroductionStatus
from .week import MatchWeek


class Proposable(ChangesPair):
    """A pair that changes by verbs until its round is published.

    Every verb locks the round, then the pair; decides on both as they are then; returns False where what it does is
    done already; and writes a row of the access record for each of the two members in the same transaction.
    """

    match_week: Any
    match_week_id: Any
    source: Any
    is_pinned: Any

    class Meta:
        abstract = True

    def pin(self, *, by: Staff | None) -> bool:
        """Keep the pair in the round whatever another run would propose."""
        return self._set(by, is_pinned=True)

    def unpin(self, *, by: Staff | None) -> bool:
        return self._set(by, is_pinned=False)

    def confirm(self, *, by: Staff | None) -> bool:
        """Say that the two are to be introduced when the round is published; whoever says so looks after them."""
        return self._set(by, status=IntroductionStatus.CONFIRMED, matchmaker_id=by.pk if by else None)

    def unconfirm(self, *, by: Staff | None) -> bool:
        return self._set(by, status=IntroductionStatus.PROPOSED)

    def drop(self, *, by: Staff | None, reason: str = "") -> bool:
        """Take the pair out of the round. Another run may propose it again."""
        with self._deciding() as (_week, pair):
            if pair.is_deleted:
                return False
            pair.refuse_unless_in(UNSENT)
            pair.delete()
            pair.record(Action.DELETE, by=by, reason=reason)
        self.refresh_from_db()
        return True

    def take_back(self, *, by: Staff | None) -> bool:
        """Bring a dropped pair back.

        Raises:
            VerbRefusedError: it is forbidden, or one of the two has as many partners in this round as there may be.
        """
        with self._deciding() as (week, pair):
            if not pair.is_deleted:
                return False
            pair._refuse_forbidden()
            refuse_without_room(week, pair.user_ids)
            pair._bring_back(by)
        self.refresh_from_db()
        return True

    def forbid(self, *, by: Staff | None, reason: str = "") -> bool:
        """Drop the pair, and let no run of this round propose it again; False where it is forbidden already."""
        with self._deciding() as (week, pair):
            if pair._forbidden().exists():
                return False
            forbidden_at = timezone.now()
            if not pair.is_deleted:
                pair.refuse_unless_in(UNSENT)
                pair.delete()
                forbidden_at = pair.deleted_at
            ForbiddenPair.objects.create(
                week=week,
                user_a_id=pair.user_a_id,
                user_b_id=pair.user_b_id,
                staff=by,
                reason=reason,
                created_at=forbidden_at,
            )
            pair.record(Action.DELETE, by=by, reason=reason, forbidden=[False, True])
        self.refresh_from_db()
        return True

    def allow(self, *, by: Staff | None) -> bool:
        """Undo `forbid`; False where the pair is not forbidden.

        Brings back the pair that was dropped by it, unless the two have other partners by now.
        """
        with self._deciding() as (week, pair):
            forbidden = pair._forbidden().first()
            if forbidden is None:
                return False
            forbidden.delete()
            pair.record(Action.UPDATE, by=by, forbidden=[True, False])
            if pair.deleted_at == forbidden.created_at and not without_room(week, pair.user_ids):
                pair._bring_back(by)
        self.refresh_from_db()
        return True

    @contextmanager
    def _deciding(self) -> Iterator[tuple[MatchWeek, Self]]:
        """Give the block the round and the pair, locked in this order, deleted or not."""
        with transaction.atomic():
            if self.match_week_id is None:
                raise VerbRefusedError(_("This introduction belongs to no round."))
            week = MatchWeek.all_objects.get(pk=self.match_week_id)
            week.refuse_unless_open_to_changes()
            week = week.locked()
            week.refuse_unless_open_to_changes()
            yield week, cast(Self, type(self).all_objects.select_for_update(of=("self",)).get(pk=self.pk))

    def _set(self, by: Staff | None, **columns: Any) -> bool:
        with self._deciding() as (_week, pair):
            if pair.is_deleted:
                raise VerbRefusedError(_("This pair is dropped. Take it back first."))
            pair.refuse_unless_in(UNSENT)
            first, value = next(iter(columns.items()))
            if getattr(pair, first) == value:
                return False
            changes: dict[str, Any] = {column: [getattr(pair, column), value] for column, value in columns.items()}
            for column, value in columns.items():
                setattr(pair, column, value)
            pair.save()
            pair.record(Action.UPDATE, by=by, **changes)
        self.refresh_from_db()
        return True

    def _bring_back(self, by: Staff | None) -> None:
        self.restore()
        self.record(Action.RESTORE, by=by)

    def _forbidden(self) -> Any:
        return ForbiddenPair.objects.filter(week=self.match_week_id).of_pair(*self.user_ids)

    def _refuse_forbidden(self) -> None:
        if self._forbidden().exists():
            raise VerbRefusedError(_("This pair is forbidden in this round. Allow it first."))


def without_room(week: MatchWeek, user_ids: Iterable[str]) -> list[str]:
    """Return those of these members who have as many partners in this round as its quota gives."""
    wanted = set(user_ids)
    in_round: Any = week.introductions
    pairs = in_round.touching(wanted).values_list("user_a_id", "user_b_id")
    partners = Counter(user_id for pair in pairs for user_id in pair)
    return sorted(user_id for user_id in wanted if partners[user_id] >= week.round_settings.quota)


def refuse_without_room(week: MatchWeek, user_ids: Iterable[str]) -> None:
    if without_room(week, user_ids):
        raise VerbRefusedError(_("One of the two has a partner in this round already. Drop that pair first."))
