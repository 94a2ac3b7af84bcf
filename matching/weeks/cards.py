"""The pairs of a round as two-person cards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from matching.models import MatchHistory, MatchWeek
from matching.two_way import in_hundredths
from users.models import User
from users.photos.portraits import portrait_key
from users.sections import url_when_shown
from ygs_admin.staff.models import Staff

from .waiting import waiting_since, weeks_between

SIDES = ("user_a", "user_b")


@dataclass(frozen=True)
class Person:
    """One of a pair: `score` says in hundredths how well the other is what this one asked for."""

    member: User
    portrait_url: Callable[[], str | None]
    weeks_waiting: int
    score: int | None

    @property
    def profile(self) -> Any:
        return getattr(self.member, "profile", None)


@dataclass(frozen=True)
class Card:
    pair: MatchHistory
    score: int | None
    people: tuple[Person, Person]
    manager: str

    @property
    def member_ids(self) -> list[str]:
        return [person.member.pk for person in self.people]


def managers_of(week: MatchWeek) -> dict[str, str]:
    """Return id → name of the matchmakers who have pairs in the round."""
    having = week.introductions.exclude(matchmaker_id=None).values("matchmaker_id")
    return dict(Staff.objects.filter(pk__in=having).order_by("name", "pk").values_list("pk", "name"))


def read_cards(week: MatchWeek, keys: Sequence[str], managers: dict[str, str]) -> list[Card]:
    """Return the cards of these pairs of the round, in this order and in one query."""
    until = week.published_at or timezone.now()
    portraits = {f"{side}_portrait": portrait_key(f"{side}_id") for side in SIDES}
    since = {f"{side}_since": waiting_since(side, until=until) for side in SIDES}
    rows = MatchHistory.all_objects.filter(match_week=week).annotate(**portraits, **since)
    found = rows.select_related("user_a__profile", "user_b__profile").defer("explanation").in_bulk(list(keys))
    return [_card(found[key], until, managers) for key in keys if key in found]


def _card(pair: Any, until: Any, managers: dict[str, str]) -> Card:
    scores = (pair.score_a_to_b, pair.score_b_to_a)
    first, second = (
        Person(
            member=getattr(pair, side),
            portrait_url=url_when_shown(getattr(pair, f"{side}_portrait")),
            weeks_waiting=weeks_between(getattr(pair, f"{side}_since"), until),
            score=_hundredths(score),
        )
        for side, score in zip(SIDES, scores, strict=True)
    )
    return Card(pair, _hundredths(pair.score), (first, second), managers.get(pair.matchmaker_id, ""))


def _hundredths(score: float | None) -> int | None:
    return None if score is None else in_hundredths(score)
