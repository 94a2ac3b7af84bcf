"""A superuser at the admin, and a pair that was introduced."""

from collections.abc import Callable
from typing import Any

import pytest

from matching.models import MatchHistory, MatchWeek
from users.models import User
from users.tests.admin.conftest import desk, recorded

__all__ = ["desk", "recorded"]


@pytest.fixture
def week(db: None) -> MatchWeek:
    return MatchWeek.objects.create(iso_year=2026, iso_week=5, starts_on="2026-01-26", ends_on="2026-02-01")


@pytest.fixture
def introduce(week: MatchWeek) -> Callable[..., MatchHistory]:
    """Return a function that makes the introduction of two members."""

    def make(first: User, second: User, **columns: Any) -> MatchHistory:
        a, b = sorted([first, second], key=lambda member: str(member.pk))
        return MatchHistory.objects.create(
            **{"match_week": week, "user_a": a, "user_b": b, "source": "manual", **columns}
        )  # type: ignore[misc]

    return make


@pytest.fixture
def pair(make_member: Callable[..., User]) -> tuple[User, User]:
    return make_member(name="김철수", phone="01012345678"), make_member(
        name="이영희", phone="01099990000", gender="female"
    )
