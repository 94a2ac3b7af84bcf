"""What a run of a round starts from: members, what staff have decided, and who has met before."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from matching.engine.members import MemberRecord
from matching.engine.results import Pair
from matching.incidents import blocked_among, blocked_member_ids
from matching.models.forbidden_pair import ForbiddenPair
from matching.models.introduction import MatchHistory
from matching.models.week import MatchWeek

from .eligibility import subscribed_members
from .past import introduced_pairs, open_counts, pasts
from .records import records

IsPossible = Callable[[MemberRecord, MemberRecord, "Loaded"], bool]
"""Tells of a pair that staff keep whether the engine could have proposed it."""


@dataclass
class Loaded:
    """`outside` are kept pairs that the engine could not have proposed: they stay, and take their sides' places."""

    members: list[MemberRecord]
    introduced: set[Pair] = field(default_factory=set)
    forbidden: set[Pair] = field(default_factory=set)
    pinned: list[Pair] = field(default_factory=list)
    previous: list[Pair] = field(default_factory=list)
    outside: list[Pair] = field(default_factory=list)


def load_round(
    week: MatchWeek,
    *,
    is_possible: IsPossible,
    loaded: Callable[[int], object] = int,
) -> Loaded:
    """Load whoever is eligible, with a number of statements that depends on nothing but the chunks.

    `loaded` is called with the number of members after each chunk, and may raise.
    """
    found = Loaded(load_members(week, loaded=loaded))
    by_id = {record.id: record for record in found.members}
    found.introduced = introduced_pairs(by_id)
    found.forbidden = {pair for pair in ForbiddenPair.objects.of_week(week).pairs() if pair[0] in by_id}
    unsent = MatchHistory.objects.of_week(week).unsent().order_by("pk")
    found.previous = list(unsent.values_list("user_a_id", "user_b_id"))
    kept = list(unsent.kept().values_list("user_a_id", "user_b_id"))
    _take_in(found, by_id, kept, is_possible)
    return found


def load_members(
    week: MatchWeek,
    *,
    among: Collection[str] | None = None,
    as_of: datetime | None = None,
    loaded: Callable[[int], object] = int,
) -> list[MemberRecord]:
    """Return the eligible members in the order of their ids, all of them or those among these."""
    quota, opened = week.round_settings.quota, open_counts(among)
    blocked = set(blocked_member_ids()) if among is None else blocked_among(among)

    def left(user_id: str, in_subscription: int | None) -> int:
        free = 0 if user_id in blocked else quota - opened.get(user_id, 0)
        return max(0, free if in_subscription is None else min(free, in_subscription))

    members = subscribed_members(week)
    if among is not None:
        members = members.filter(pk__in=list(among))
    found: list[MemberRecord] = []
    for chunk in records(members, pasts(among, as_of=as_of), quota=left, as_of=as_of or timezone.now()):
        found += [record for record in chunk if record.quota]
        loaded(len(found))
    return found


def _take_in(found: Loaded, by_id: dict[str, MemberRecord], kept: list[Pair], is_possible: IsPossible) -> None:
    """Hand the kept pairs to the engine where it can have them; else lower the quotas of those who are taken."""
    places = Counter({user_id: record.quota for user_id, record in by_id.items()})
    for a, b in kept:
        can = places[a] > 0 and places[b] > 0 and is_possible(by_id[a], by_id[b], found)
        (found.pinned if can else found.outside).append((a, b))
        places.subtract((a, b))
    pinned = Counter(user_id for pair in found.pinned for user_id in pair)
    free = {user_id: max(places[user_id], 0) + pinned[user_id] for user_id in by_id}
    found.members = [record._replace(quota=free[record.id]) for record in found.members if free[record.id]]
