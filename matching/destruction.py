"""What is destroyed of matching: with a member, and what was deleted alone (`users/destruction/`).

A pair speaks of both members, so it goes with the first of them, and with it what either said about it. The other keeps
the own part: when the introduction, the date and the meeting were, and the own answer.
"""

from collections import Counter
from collections.abc import Collection

from django.db.models import Q

from users.destruction import hanging, kinds
from ygs_admin.db.destruction import destroy_rows
from ygs_admin.db.routing import PRIMARY

from .models import (
    ConsultationReminder,
    ConsultSchedule,
    ForbiddenPair,
    IncidentDecision,
    LeftOut,
    MatchFeedback,
    MatchHistory,
    PastIntroduction,
    PlannedDate,
)


def destroy_of_members(ids: Collection[str]) -> "Counter[str]":
    either = Q(user_a__in=ids) | Q(user_b__in=ids)
    pairs = MatchHistory.all_objects.using(PRIMARY).filter(either).order_by()
    ForbiddenPair.objects.filter(either).delete()
    LeftOut.objects.filter(user__in=ids).delete()
    PastIntroduction.objects.filter(user__in=ids).delete()
    PastIntroduction.objects.keep_of(pairs, ids)
    IncidentDecision.objects.filter(user_id__in=ids).delete()
    gone = destroy_pairs(list(pairs.values_list("pk", flat=True)))
    consultations = ConsultSchedule.all_objects.using(PRIMARY).filter(user__in=ids).order_by()
    destroy_reminders_of(list(consultations.values_list("pk", flat=True)))
    gone[ConsultSchedule._meta.db_table] += destroy_rows(ConsultSchedule, "user_id", ids)
    return gone


def destroy_feedback_on(pairs: Collection[str]) -> "Counter[str]":
    return Counter({MatchFeedback._meta.db_table: destroy_rows(MatchFeedback, "match_history_id", pairs)})


def destroy_reminders_of(consultations: Collection[str]) -> "Counter[str]":
    ConsultationReminder.objects.filter(consultation__in=consultations).delete()
    return Counter()


def destroy_pairs(pairs: Collection[str]) -> "Counter[str]":
    PlannedDate.objects.filter(introduction__in=pairs).delete()
    return destroy_feedback_on(pairs) + Counter({MatchHistory._meta.db_table: destroy_rows(MatchHistory, "id", pairs)})


def register() -> None:
    """Have them destroyed with members, and once they were deleted for long enough.

    A pair that was introduced stays for as long as both members do: they must not be introduced again.
    """
    hanging.register(destroy_of_members)
    kinds.register(kinds.alone(MatchHistory, first=destroy_feedback_on, introduced_at__isnull=True))
    kinds.register(kinds.alone(MatchFeedback))
    kinds.register(kinds.alone(ConsultSchedule, first=destroy_reminders_of))
