"""The whole history of a cohort: members who are introduced only to each other.

A population of up to `COHORT_SIZE` is one cohort. A greater one falls into several, each a cross-section of all the
years, so that memory stays that of one cohort and any one can be made without the others.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from ..draws import happens
from ..identifiers import EPOCH, seeded_id
from ..match_rows import FeedbackRow, IntroductionRow
from ..memberships import draw_membership, subscription_row
from ..people import draw_person
from ..rows import LedgerRow, SubscriptionRow
from ..staff_phrases import INTRODUCTION_MEMOS
from ..world import World
from .courses import Course, Story
from .feedback import feedback_rows
from .ledger import ledger_rows
from .pairing import Pair, Pairing, Participant
from .weeks import Week, WeekTotals

COHORT_SIZE = 5_000
CONFIRMED, PINNED, WITH_MEMO = 0.35, 0.04, 0.14
FREE = EPOCH


@dataclass
class Cohort:
    """The rows of one cohort's history."""

    subscriptions: list[SubscriptionRow] = field(default_factory=list)
    ledger: list[LedgerRow] = field(default_factory=list)
    introductions: list[IntroductionRow] = field(default_factory=list)
    feedback: list[FeedbackRow] = field(default_factory=list)


def cohort_count(members: int) -> int:
    return -(-members // COHORT_SIZE)


def play_cohort(world: World, number: int, weeks: Sequence[Week], totals: dict[str, WeekTotals]) -> Cohort:
    """Return the rows of cohort `number`, adding to each round's totals (by the week's id)."""
    cohort = Cohort()
    participants = list(_participants(world, number))
    by_arrival = sorted(participants, key=lambda one: one.membership.since)
    introduced_before: set[tuple[int, int]] = set()
    roster: list[Participant] = []
    arrived = 0
    for week in weeks:
        while arrived < len(by_arrival) and by_arrival[arrived].membership.since <= week.opened_at:
            roster.append(by_arrival[arrived])
            arrived += 1
        roster = [one for one in roster if one.membership.until > week.published_at]
        rng = world.stream("round", number, week.starts_on.isoformat())
        pairing = Pairing([one for one in roster if one.takes_part(week)], introduced_before, rng)
        _play_round(world, week, pairing.pairs(), rng, cohort, totals[week.id], introduced_before)
        totals[week.id].eligible["male"] += len(pairing.men)
        totals[week.id].eligible["female"] += len(pairing.women)
    for one in participants:
        subscription = subscription_row(world, one.person, one.membership, one.used)
        cohort.subscriptions.append(subscription)
        cohort.ledger += ledger_rows(world, subscription, one)
    return cohort


def _participants(world: World, number: int) -> Iterable[Participant]:
    for index in range(number, world.members, cohort_count(world.members)):
        person = draw_person(world, index)
        membership = draw_membership(world, person)
        if membership:
            yield Participant(person, membership, free_from=FREE)


def _play_round(
    world: World,
    week: Week,
    pairs: Sequence[Pair],
    rng: Random,
    cohort: Cohort,
    totals: WeekTotals,
    introduced_before: set[tuple[int, int]],
) -> None:
    for pair in pairs:
        introduced_before.add(pair.key)
        course = Story(world, week, pair, rng).play() if week.is_published else _before_publication(week, rng)
        row = _introduction_row(world, week, pair, course, rng)
        for one in (pair.a, pair.b):
            one.free_from = course.over_at
            one.uses_one(week, row.id)
        cohort.introductions.append(row)
        cohort.feedback += feedback_rows(world, row.id, pair, course, rng)
        totals.add(pair.score, course.responses)


def _before_publication(week: Week, rng: Random) -> Course:
    if not happens(CONFIRMED, rng):
        return Course(status="proposed")
    return Course(status="confirmed", changed_at=week.generated_at + timedelta(hours=rng.uniform(1.6, 4)))


def _introduction_row(world: World, week: Week, pair: Pair, course: Course, rng: Random) -> IntroductionRow:
    created_at = week.generated_at + timedelta(minutes=rng.uniform(5, 90) if pair.is_by_hand else 0)
    is_decided = pair.is_by_hand or course.status != "proposed"
    return IntroductionRow(
        id=seeded_id("mh", created_at, rng),
        match_week_id=week.id,
        user_a_id=pair.a.person.id,
        user_b_id=pair.b.person.id,
        status=course.status,
        source="manual" if pair.is_by_hand else "engine",
        score=pair.score,
        score_a_to_b=pair.score_a_to_b,
        score_b_to_a=pair.score_b_to_a,
        explanation=pair.explanation(in_full=week.is_open),
        is_pinned=pair.is_by_hand or happens(PINNED, rng),
        matchmaker_id=rng.choice(world.with_role("matchmaker")).id if is_decided else None,
        a_response=course.responses[0],
        b_response=course.responses[1],
        a_responded_at=course.responded_at[0],
        b_responded_at=course.responded_at[1],
        introduced_at=week.published_at if week.is_published else None,
        date_fixed_at=course.date_fixed_at,
        met_at=course.met_at,
        closed_at=course.closed_at,
        close_reason=course.close_reason,
        memo=rng.choice(INTRODUCTION_MEMOS) if happens(WITH_MEMO, rng) else None,
        created_at=created_at,
        updated_at=course.changed_at,
        deleted_at=None,
    )
