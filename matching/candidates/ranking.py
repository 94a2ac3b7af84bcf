"""The best partners for one member, among all who may be introduced now.

A large market is not read for one member. The database leaves out whoever a must-have of either side rules out, and
orders the rest by how many wishes the two miss; the first `SHORTLIST` are read with their history and ranked as
a round would. Where more are possible, somebody who misses many light wishes and none that weighs may be left out.
"""

from dataclasses import dataclass

from django.db.models import Q

from matching.engine.members import MemberRecord
from matching.engine.results import PairExplanation, ProposedPair
from matching.models import MatchWeek
from matching.rounds.eligibility import subscribed_members
from matching.rounds.loading import load_members
from users.models import Gender

from .judging import engine_settings, forbidden_in, introduced_with, record_each
from .narrowing import wanted_by, wanting, wishes_missed

SHORTLIST = 500
OPPOSITE = {Gender.MALE.value: Gender.FEMALE.value, Gender.FEMALE.value: Gender.MALE.value}


@dataclass(frozen=True)
class Candidate:
    """A possible partner; `explanation` has the member's own direction first."""

    record: MemberRecord
    explanation: PairExplanation

    @property
    def score(self) -> float:
        return self.explanation.score

    @property
    def asks(self) -> float:
        """Return how well the candidate is what the member asks for, in [0, 1]."""
        return self.explanation.a_to_b.score

    @property
    def asked(self) -> float:
        """Return how well the member is what the candidate asks for, in [0, 1]."""
        return self.explanation.b_to_a.score


def candidates_of(user_id: str, week: MatchWeek, narrowed: Q) -> list[Candidate]:
    """Return the possible partners who fit a further condition on members, best first."""
    # NumPy takes a moment to load: only what ranks needs it.
    from matching.engine.ranking import rank_partners  # noqa: PLC0415

    member = record_each([user_id])[user_id]
    settings, excluded = engine_settings(week), introduced_with(user_id) | forbidden_in(week)
    others = load_members(week, among=shortlisted(member, week, narrowed))
    by_id = {other.id: other for other in others}
    return [_candidate(member, pair, by_id) for pair in rank_partners(member, others, settings, excluded=excluded)]


def shortlisted(member: MemberRecord, week: MatchWeek, narrowed: Q) -> list[str]:
    """Return the ids of those who miss the fewest wishes, in one query."""
    rows = subscribed_members(week).filter(narrowed, gender=OPPOSITE.get(member.gender, ""))
    rows = rows.filter(wanted_by(member), wanting(member))
    return list(rows.order_by(wishes_missed(member), "pk").values_list("pk", flat=True)[:SHORTLIST])


def _candidate(member: MemberRecord, pair: ProposedPair, by_id: dict[str, MemberRecord]) -> Candidate:
    ways = pair.explanation
    if pair.a == member.id:
        return Candidate(by_id[pair.b], ways)
    return Candidate(by_id[pair.a], PairExplanation(ways.score, ways.b_to_a, ways.a_to_b))
