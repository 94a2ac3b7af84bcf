"""Members: who they are, when they came, what became of their sign-up. Drawn one by one, from the index alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from .clock import in_office_hours
from .contacts import email_address, firebase_id, kakao_id, phone_number
from .draws import Weighted, happens
from .identifiers import seeded_id
from .lifestyles import Lifestyle, draw_lifestyle
from .names import draw_name
from .profiles import Profile, draw_profile
from .rows import UserRow
from .wishes import Wishes, draw_wishes
from .world import World

OLDEST, YOUNGEST = 1965, 2003
MEN = 0.51
ADMINS = 0.002
REJECTED = 0.075
DELETED = 0.012
DAYS_TO_DECIDE = 5.5  # median
# Of those approved, how many will ever leave or be barred, and after how many days on average.
LEAVING = Weighted((("stays", 79), ("withdrawn", 17), ("suspended", 4)))
DAYS_TO_LEAVING = 260


@dataclass(frozen=True, slots=True)
class Temperament:
    """What no column says and the answers show.

    How readily somebody accepts and is accepted, and a taste in two dimensions, in which likes attract; each roughly
    standard normal.
    """

    readiness: float
    charm: float
    taste: tuple[float, float]


@dataclass(frozen=True)
class Person:
    index: int
    id: str
    family: str
    given: str
    gender: str
    birth_year: int
    age: int
    created_at: datetime
    decided_at: datetime | None
    is_rejected: bool
    left_as: str | None
    left_at: datetime | None
    deleted_at: datetime | None
    profile: Profile
    lifestyle: Lifestyle
    wishes: Wishes
    temperament: Temperament

    @property
    def name(self) -> str:
        return self.family + self.given

    @property
    def approved_at(self) -> datetime | None:
        return None if self.is_rejected else self.decided_at

    @property
    def status(self) -> str:
        if self.decided_at is None:
            return "pending"
        return "rejected" if self.is_rejected else self.left_as or "approved"

    @cached_property
    def gone_at(self) -> datetime | None:
        """When the member stopped taking part: withdrawn, suspended, or deleted, whichever came first."""
        return min((moment for moment in (self.left_at, self.deleted_at) if moment), default=None)


def draw_person(world: World, index: int) -> Person:
    """Return member `index` of the world, the same however often and in whatever order it is asked for; about 90 µs."""
    rng = world.stream("member", index)
    created_at = world.sign_ups.moment(index, rng.random())
    gender = "male" if happens(MEN, rng) else "female"
    birth_year = _birth_year(gender, rng)
    age = world.today.year - birth_year
    family, given = draw_name(gender, birth_year, rng)
    profile = draw_profile(gender, birth_year, age, rng)
    lifestyle = draw_lifestyle(gender, age, rng)
    decided_at = _decision(world, created_at, rng)
    is_rejected = decided_at is not None and happens(REJECTED, rng)
    left_as, left_at = _leaving(world, None if is_rejected else decided_at, rng)
    return Person(
        index=index,
        id=seeded_id("usr", created_at, rng),
        family=family,
        given=given,
        gender=gender,
        birth_year=birth_year,
        age=age,
        created_at=created_at,
        decided_at=decided_at,
        is_rejected=is_rejected,
        left_as=left_as,
        left_at=left_at,
        deleted_at=_deletion(world, left_at or decided_at, rng),
        profile=profile,
        lifestyle=lifestyle,
        wishes=draw_wishes(gender, birth_year, profile, lifestyle, rng),
        temperament=_temperament(profile, rng),
    )


def _birth_year(gender: str, rng: Random) -> int:
    """Most are in their early thirties, with a tail towards the fifties; men are two years older."""
    youngest = YOUNGEST - (2 if gender == "male" else 0)
    return max(OLDEST, youngest + 1 - round(rng.gammavariate(3.6, 2.9)))


def _decision(world: World, created_at: datetime, rng: Random) -> datetime | None:
    waited = timedelta(days=max(0.15, DAYS_TO_DECIDE * rng.lognormvariate(0, 0.7)))
    decided_at = in_office_hours(created_at + waited, rng)
    return decided_at if world.happened(decided_at) else None


def _leaving(world: World, approved_at: datetime | None, rng: Random) -> tuple[str | None, datetime | None]:
    left_as = LEAVING.draw(rng)
    after = timedelta(days=10 + rng.expovariate(1 / DAYS_TO_LEAVING))
    if approved_at is None or left_as == "stays":
        return None, None
    left_at = in_office_hours(approved_at + after, rng)
    return (left_as, left_at) if world.happened(left_at) else (None, None)


def _deletion(world: World, after: datetime | None, rng: Random) -> datetime | None:
    chosen, days = happens(DELETED, rng), rng.expovariate(1 / 60)
    if not chosen or after is None:
        return None
    deleted_at = in_office_hours(after + timedelta(days=1 + days), rng)
    return deleted_at if world.happened(deleted_at) else None


def _temperament(profile: Profile, rng: Random) -> Temperament:
    """Charm leans on what a profile shows, but only a little."""
    shown = 0.25 if profile.job.kind in {"professional", "public"} else 0.0
    return Temperament(rng.gauss(0, 1), rng.gauss(shown, 1), (rng.gauss(0, 1), rng.gauss(0, 1)))


def user_row(world: World, person: Person) -> UserRow:
    rng = world.stream("contacts", person.index)
    return UserRow(
        id=person.id,
        firebase_id=firebase_id(rng),
        kakao_id=kakao_id(person.given, rng),
        email=email_address(person.family, person.given, person.birth_year, rng),
        phone=phone_number(world, person.index, rng),
        name=person.name,
        gender=person.gender,
        birth_year=person.birth_year,
        status=person.status,
        is_admin=person.status == "approved" and happens(ADMINS, rng),
        created_at=person.created_at,
        updated_at=person.left_at or person.decided_at,
        deleted_at=person.deleted_at,
    )
