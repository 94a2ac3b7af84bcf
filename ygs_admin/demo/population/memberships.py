"""Subscriptions: the terms that a member took, one after another; the table keeps the last."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from .draws import Weighted, happens
from .identifiers import seeded_id
from .people import Person
from .rows import SubscriptionRow
from .world import World

TAKES_A_PLAN = 0.9
RENEWS = 0.62
PAUSED = 0.06
CANCELED = 0.07


class Plan(NamedTuple):
    name: str
    months: int
    introductions: int | None
    price_krw: int


TRIAL = Plan("trial", 1, 2, 0)
BASIC = Plan("basic", 6, 5, 690_000)
STANDARD = Plan("standard", 12, 12, 1_490_000)
PREMIUM = Plan("premium", 12, None, 3_300_000)
_FIRST = Weighted(((TRIAL, 26), (BASIC, 28), (STANDARD, 30), (PREMIUM, 16)))
_LATER = Weighted(((BASIC, 30), (STANDARD, 45), (PREMIUM, 25)))


@dataclass(frozen=True, slots=True)
class Membership:
    """The present term, and the span in which the member takes part: from the first term's start to `until`."""

    plan: Plan
    since: datetime
    starts_at: datetime
    expires_at: datetime
    status: str
    auto_renew: bool
    paused_at: datetime | None
    canceled_at: datetime | None
    until: datetime


def draw_membership(world: World, person: Person) -> Membership | None:
    """Return the membership, None for members who were never approved or took no plan."""
    rng = world.stream("membership", person.index)
    if person.approved_at is None or not happens(TAKES_A_PLAN, rng):
        return None
    since = person.approved_at + timedelta(hours=rng.expovariate(1 / 40))
    if not world.happened(since):
        return None
    plan, starts_at, expires_at = _last_term(world, since, rng)
    paused_at, canceled_at = _interruption(world, starts_at, expires_at, rng)
    stopped_at = paused_at or canceled_at
    return Membership(
        plan=plan,
        since=since,
        starts_at=starts_at,
        expires_at=expires_at,
        status=_status(world, expires_at, paused_at, canceled_at),
        auto_renew=canceled_at is None and plan is not TRIAL and happens(0.4, rng),
        paused_at=paused_at,
        canceled_at=canceled_at,
        until=min(moment for moment in (expires_at, stopped_at, person.gone_at) if moment),
    )


def _last_term(world: World, since: datetime, rng: Random) -> tuple[Plan, datetime, datetime]:
    plan, starts_at = _FIRST.draw(rng), since
    while True:
        expires_at = add_months(starts_at, plan.months)
        if not world.happened(expires_at) or not happens(RENEWS, rng):
            return plan, starts_at, expires_at
        plan, starts_at = _LATER.draw(rng), expires_at


def _interruption(
    world: World, starts_at: datetime, expires_at: datetime, rng: Random
) -> tuple[datetime | None, datetime | None]:
    """Return when the term was paused or canceled; a term that has run out can no longer be paused."""
    chance, share = rng.random(), rng.uniform(0.1, 0.9)
    end = min(expires_at, world.now)
    moment = starts_at + (end - starts_at) * share
    if chance < PAUSED and not world.happened(expires_at):
        return moment, None
    return (None, moment) if PAUSED <= chance < PAUSED + CANCELED else (None, None)


def _status(world: World, expires_at: datetime, paused_at: datetime | None, canceled_at: datetime | None) -> str:
    if canceled_at:
        return "canceled"
    if paused_at:
        return "paused"
    return "expired" if world.happened(expires_at) else "active"


def add_months(moment: datetime, months: int) -> datetime:
    """Return the same day of a later month, or its last day where it is shorter."""
    year, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + year, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))


def subscription_row(world: World, person: Person, membership: Membership, used: int) -> SubscriptionRow:
    """`used` counts the introductions published within the present term."""
    rng = world.stream("subscription", person.index)
    ended_at = membership.expires_at if membership.status == "expired" else None
    changes = (membership.starts_at if membership.starts_at > membership.since else None, ended_at)
    return SubscriptionRow(
        id=seeded_id("sub", membership.since, rng),
        user_id=person.id,
        plan=membership.plan.name,
        status=membership.status,
        starts_at=membership.starts_at,
        expires_at=membership.expires_at,
        introductions_total=membership.plan.introductions,
        introductions_used=used,
        price_krw=membership.plan.price_krw,
        auto_renew=membership.auto_renew,
        paused_at=membership.paused_at,
        canceled_at=membership.canceled_at,
        created_at=membership.since,
        updated_at=max((at for at in (*changes, membership.paused_at, membership.canceled_at) if at), default=None),
        deleted_at=person.deleted_at,
    )
