"""What staff do to the pairs of a round beside the verbs on each one: add a pair, exchange partners, confirm all."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matching.models.forbidden_pair import ForbiddenPair, ordered
from matching.models.introduction import MatchHistory
from matching.models.introduction_changing import SideRefusedError
from matching.models.introduction_status import IntroductionStatus, Source
from matching.models.proposal import refuse_without_room
from matching.models.week import MatchWeek
from users.models import Action, User, UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .eligibility import ineligibilities_of
from .loading import load_members
from .solving import explained

AT_ONCE = 1000


def add_by_hand(week: MatchWeek, first: User, second: User, *, by: Staff | None) -> MatchHistory:
    """Put a pair into the round and return it; the one that there is where the two are a pair of it already.

    Staff may overrule what the two wish for, and nothing else. It is scored as the last run would have.

    Raises:
        VerbRefusedError: the round is published or worked on, the two can't be introduced, or the pair is forbidden.
    """
    with transaction.atomic():
        locked = week.locked()
        locked.refuse_unless_open_to_changes()
        return _added(locked, first, second, by)


def swap(first: MatchHistory, second: MatchHistory, *, by: Staff | None) -> tuple[MatchHistory, MatchHistory]:
    """Let two pairs of a round exchange partners; return the two that there are then. Its own inverse.

    Raises:
        VerbRefusedError: see `add_by_hand`; neither pair is changed then.
    """
    if first.match_week_id != second.match_week_id or set(first.user_ids) & set(second.user_ids):
        raise VerbRefusedError(_("Choose two pairs of the same round."))
    (man, woman), (other_man, other_woman) = (sides(pair) for pair in (first, second))
    with transaction.atomic():
        week = MatchWeek.all_objects.get(pk=first.match_week_id).locked()
        for pair in (first, second):
            if not pair.drop(by=by):
                raise VerbRefusedError(_("This pair is dropped. Take it back first."))
        return _added(week, man, other_woman, by), _added(week, other_man, woman, by)


def sides(pair: Any) -> tuple[User, User]:
    """Return the two of a pair, those of one gender on the same side in every pair."""
    woman, man = sorted((pair.user_a, pair.user_b), key=lambda member: str(member.gender))
    return man, woman


def confirm_all(week: MatchWeek, *, by: Staff | None) -> int:
    """Confirm every pair that is only proposed; return how many.

    Raises:
        VerbRefusedError: the round is published or worked on.
    """
    with transaction.atomic():
        locked = week.locked()
        locked.refuse_unless_open_to_changes()
        proposed = MatchHistory.objects.of_week(locked).filter(status=IntroductionStatus.PROPOSED)
        pairs = list(proposed.select_for_update(of=("self",)).order_by("pk"))
        confirmed = {"status": IntroductionStatus.CONFIRMED, "matchmaker_id": by.pk if by else None}
        proposed.filter(pk__in=[pair.pk for pair in pairs]).update(**confirmed)
        _record(Action.UPDATE, pairs, by, status=[IntroductionStatus.PROPOSED, IntroductionStatus.CONFIRMED])
    return len(pairs)


def _added(week: MatchWeek, first: User, second: User, by: Staff | None) -> MatchHistory:
    a, b = ordered(first.pk, second.pk)
    row = MatchHistory.all_objects.select_for_update(of=("self",)).of_week(week).of_pair(a, b).first()
    if row is not None and not row.is_deleted:
        return row  # type: ignore[no-any-return]
    _refuse_impossible(week, first, second)
    refuse_without_room(week, (a, b))
    pair = row or MatchHistory(match_week=week, user_a_id=a, user_b_id=b)
    if row is not None:
        row.restore()
    pair.status, pair.source, pair.is_pinned = IntroductionStatus.PROPOSED, Source.MANUAL, False
    pair.matchmaker_id = by.pk if by else None
    _score(pair, week)
    pair.save()
    pair.record(Action.CREATE, by=by, source=Source.MANUAL)
    return pair


def _score(pair: MatchHistory, week: MatchWeek) -> None:
    """Score and explain the pair as the engine would, wishes that are overruled and all."""
    records = {record.id: record for record in load_members(week, among=pair.user_ids)}
    explanation = explained(records[pair.user_a_id], records[pair.user_b_id], week)
    pair.score, pair.explanation = explanation.score, explanation.as_json()
    pair.score_a_to_b, pair.score_b_to_a = explanation.a_to_b.score, explanation.b_to_a.score


def _refuse_impossible(week: MatchWeek, first: User, second: User) -> None:
    if first.gender == second.gender:
        raise VerbRefusedError(_("Only a man and a woman are introduced to each other."))
    if MatchHistory.all_objects.ever_introduced().of_pair(first.pk, second.pk).exists():
        raise VerbRefusedError(_("These two were introduced to each other before."))
    if ForbiddenPair.objects.of_week(week).of_pair(first.pk, second.pk).exists():
        raise VerbRefusedError(_("This pair is forbidden in this round. Allow it first."))
    reasons = ineligibilities_of((first.pk, second.pk), week)
    for member in (first, second):
        if member.pk in reasons:
            raise SideRefusedError(member, reasons[member.pk][0].sentence)


def _record(action: str, pairs: list[MatchHistory], by: Staff | None, **detail: Any) -> None:
    rows = [
        UserAccessAudit.about(
            action,
            by=by,
            user_id=user_id,
            resource_type=MatchHistory._meta.db_table,
            resource_id=pair.pk,
            detail=detail,
        )
        for pair in pairs
        for user_id in pair.user_ids
    ]
    UserAccessAudit.objects.bulk_create(rows, batch_size=AT_ONCE)
