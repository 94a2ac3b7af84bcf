"""What feedback adds to the answers from which the engine learns who is readily accepted.

A yes or a no says what somebody expected of a profile; feedback says what they found. So each live feedback counts as
`WEIGHT` further answers, of its giver about others (`gave`) and about the partner (`got`), accepted to the degree of

- 1 or 0 where the giver wants to meet again, or does not;
- else the rating's place between worst and best: ``(rating - 1) / 4``.

Feedback whose incident turned out unfounded counts for nothing. Added to a member's answers, fractions and all, it goes
through the same smoothing as they do (`matching/engine/acceptance.py`): somebody who has met once is hardly moved.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from matching.engine.members import Answers
from matching.models import Decision, MatchFeedback
from matching.models.feedback import BEST, WORST

WEIGHT = 0.5


class FeedbackCounts(NamedTuple):
    """What to add to a member's own answers and to those about the member; fractions of answers."""

    gave: Answers = Answers()
    got: Answers = Answers()


def feedback_counts(as_of: datetime, user_ids: Collection[str] | None = None) -> Mapping[str, FeedbackCounts]:
    """Return what feedback given before a moment adds, by member; who is not in it was neither heard nor spoken of.

    One query, streamed: of all feedback, or of what these few members gave or got.
    """
    gave: dict[str, list[float]] = defaultdict(list)
    got: dict[str, list[float]] = defaultdict(list)
    for giver, partner, liking in _likings(as_of, user_ids):
        gave[giver].append(liking)
        got[partner].append(liking)
    members = gave.keys() | got.keys() if user_ids is None else {*user_ids} & (gave.keys() | got.keys())
    return {key: FeedbackCounts(_weighed(gave.get(key, [])), _weighed(got.get(key, []))) for key in members}


def liking(rating: int, wants_to_meet_again: bool | None) -> float:
    """Return in [0, 1] how much somebody liked a partner."""
    if wants_to_meet_again is not None:
        return float(wants_to_meet_again)
    return (min(max(rating, WORST), BEST) - WORST) / (BEST - WORST)


def _likings(as_of: datetime, user_ids: Collection[str] | None) -> Iterator[tuple[str, str, float]]:
    rows = MatchFeedback.objects.filter(created_at__lte=as_of).with_reported()
    if user_ids is not None:
        first, second = Q(match_history__user_a__in=user_ids), Q(match_history__user_b__in=user_ids)
        rows = rows.filter(first | second)
    unfounded = MatchFeedback.objects.incidents().filter(stands=Decision.UNFOUNDED).values("pk")
    said = rows.exclude(pk__in=unfounded).values_list("user_id", "reported", "rating", "wants_to_meet_again")
    for giver, partner, rating, wants in said.iterator(chunk_size=10_000):
        yield giver, partner, liking(rating, wants)


def _weighed(likings: list[float]) -> Answers:
    return Answers(accepted=WEIGHT * sum(likings), answered=WEIGHT * len(likings))
