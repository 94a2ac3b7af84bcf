"""A round, and members who may be introduced in it."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from matching.models import MatchHistory, MatchWeek
from matching.rounds import running
from users.models import User, UserSubscription

from .solving import solve_simply


@pytest.fixture
def week(db: None) -> MatchWeek:
    """Return the round of next week."""
    year, number, _day = (timezone.localdate() + timedelta(days=7)).isocalendar()
    return MatchWeek.open(by=None, iso_year=year, iso_week=number)


@pytest.fixture
def subscribe() -> Callable[..., UserSubscription]:
    def make(member: User, **columns: Any) -> UserSubscription:
        now = timezone.now()
        started = {"starts_at": now - timedelta(days=30), "expires_at": now + timedelta(days=150)}
        terms = {"plan": "standard", "status": "active", "introductions_total": 10, **started}
        return UserSubscription.objects.create(user=member, **{**terms, **columns})  # type: ignore[no-any-return]

    return make


@pytest.fixture
def eligible(make_member: Callable[..., User], subscribe: Callable[..., UserSubscription]) -> Callable[..., User]:
    """Return a function that makes a member who may be introduced; women and men by turns."""
    genders = count()

    def make(**columns: Any) -> User:
        gender = ("male", "female")[next(genders) % 2]
        member = make_member(**{"gender": gender, "birth_year": 1990, "education": "bachelor", **columns})
        subscribe(member)
        return member

    return make


@pytest.fixture
def couple(eligible: Callable[..., User]) -> tuple[User, User]:
    return eligible(gender="male"), eligible(gender="female")


@pytest.fixture
def propose(week: MatchWeek) -> Callable[..., MatchHistory]:
    """Return a function that makes a pair of the round, as the engine does."""

    def make(first: User, second: User, **columns: Any) -> MatchHistory:
        a, b = sorted((first, second), key=lambda member: str(member.pk))
        columns = {"match_week": week, "source": "engine", "score": 0.5, **columns}
        return MatchHistory.objects.create(user_a=a, user_b=b, **columns)  # type: ignore[no-any-return]

    return make


@pytest.fixture
def proposed(propose: Callable[..., MatchHistory], couple: tuple[User, User]) -> MatchHistory:
    return propose(*couple)


@pytest.fixture
def simple_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rounds be run by a stand-in, and everything be possible."""
    monkeypatch.setattr(running, "solve_loaded", solve_simply)
    monkeypatch.setattr(running, "is_possible", lambda *_pair, **_settings: True)
