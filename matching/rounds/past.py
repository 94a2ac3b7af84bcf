"""What earlier introductions say of members: who has met whom, how they answered and liked it, how long they waited."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from matching.engine.members import Answers
from matching.engine.results import Pair
from matching.feedback.counting import feedback_counts
from matching.models.introduction import MatchHistory
from matching.models.introduction_status import Response
from matching.models.past_introduction import PastIntroduction

from .chunks import in_chunks

ANSWERED = (Response.ACCEPTED, Response.DECLINED, Response.NO_ANSWER)
SIDES = (("user_a_id", "a", "b"), ("user_b_id", "b", "a"))
"""Column of the member, the member's own side, the partner's side."""

KNOWN_AT = {f"{side}_known_at": Coalesce(F(f"{side}_responded_at"), F("closed_at")) for side in "ab"}


NO_ANSWERS = Answers()


@dataclass
class Past:
    """A member's earlier introductions: the answers given and got, how many there were, and when the last one was.

    The answers include what feedback adds to them, in fractions (`matching/feedback/counting.py`).
    """

    gave: Answers = NO_ANSWERS
    got: Answers = NO_ANSWERS
    introductions: int = 0
    last_introduced_at: datetime | None = None


NOTHING = Past()


def introduced_pairs(among: Mapping[str, Any]) -> set[Pair]:
    """Return every pair of these members that was ever introduced, whatever became of it, also if deleted since.

    `among` is keyed by the members' ids; its own spelling of each is used, so that millions of pairs share them.
    """
    own = {user_id: user_id for user_id in among}
    return {
        (own[a], own[b])
        for chunk in in_chunks(MatchHistory.all_objects.ever_introduced(), "user_a_id", "user_b_id")
        for _key, a, b in chunk
        if a in own and b in own
    }


def pasts(user_ids: Collection[str] | None = None, *, as_of: datetime | None = None) -> dict[str, Past]:
    """Return what is known of each member who was ever introduced, four statements however many.

    `as_of` leaves out what came later, so that an earlier round can be judged by what was known then. An introduction
    that lapsed counts as answered.
    """
    found: dict[str, Past] = defaultdict(Past)
    for column, own, partners in SIDES:
        rows = MatchHistory.all_objects.ever_introduced(as_of).annotate(**KNOWN_AT)
        if user_ids is not None:
            rows = rows.filter(**{f"{column}__in": list(user_ids)})
        counted = {
            "gave_yes": _count(own, (Response.ACCEPTED,), as_of),
            "gave": _count(own, ANSWERED, as_of),
            "got_yes": _count(partners, (Response.ACCEPTED,), as_of),
            "got": _count(partners, ANSWERED, as_of),
            "introductions": Count("pk"),
            "last": Max("introduced_at"),
        }
        for row in rows.order_by().values(column).annotate(**counted):
            _add(found[row[column]], row)
    for row in _with_former_members(user_ids, as_of):
        _add(found[row["user_id"]], row)
    for user_id, said in feedback_counts(as_of or timezone.now(), user_ids).items():
        past = found[user_id]
        past.gave, past.got = _sum(past.gave, said.gave), _sum(past.got, said.got)
    return dict(found)


def _with_former_members(user_ids: Collection[str] | None, as_of: datetime | None) -> Any:
    """Return what is kept of introductions whose other member is destroyed: the own answers, and none that were got."""
    rows = PastIntroduction.objects.annotate(own_known_at=Coalesce(F("responded_at"), F("closed_at")))
    if as_of is not None:
        rows = rows.filter(introduced_at__lt=as_of)
    if user_ids is not None:
        rows = rows.filter(user__in=list(user_ids))
    known = Q() if as_of is None else Q(own_known_at__lt=as_of)
    return (
        rows.order_by()
        .values("user_id")
        .annotate(
            gave_yes=Count("pk", filter=known & Q(response=Response.ACCEPTED)),
            gave=Count("pk", filter=known & Q(response__in=ANSWERED)),
            got_yes=Value(0),
            got=Value(0),
            introductions=Count("pk"),
            last=Max("introduced_at"),
        )
    )


def open_counts(user_ids: Collection[str] | None = None) -> dict[str, int]:
    """Return how many introductions of each member are open; who has none is missing."""
    counts: dict[str, int] = defaultdict(int)
    for column, _own, _partners in SIDES:
        rows = MatchHistory.objects.open_introductions()
        if user_ids is not None:
            rows = rows.filter(**{f"{column}__in": list(user_ids)})
        for user_id, count in rows.order_by().values_list(column).annotate(count=Count("pk")):
            counts[user_id] += count
    return dict(counts)


def _count(side: str, responses: Iterable[str], as_of: datetime | None) -> Count:
    answered = Q(**{f"{side}_response__in": list(responses)})
    if as_of is not None:
        # Whoever did not answer has no time of an answer: it was known once the introduction was closed.
        answered &= Q(**{f"{side}_known_at__lt": as_of})
    return Count("pk", filter=answered)


def _add(past: Past, row: Mapping[str, Any]) -> None:
    past.gave = _sum(past.gave, Answers(row["gave_yes"], row["gave"]))
    past.got = _sum(past.got, Answers(row["got_yes"], row["got"]))
    past.introductions += row["introductions"]
    times = [time for time in (past.last_introduced_at, row["last"]) if time is not None]
    past.last_introduced_at = max(times, default=None)


def _sum(one: Answers, other: Answers) -> Answers:
    return Answers(one.accepted + other.accepted, one.answered + other.answered)
