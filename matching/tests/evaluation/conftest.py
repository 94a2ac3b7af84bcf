"""Rounds that took place, with answers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from matching.models import MatchHistory, MatchWeek
from users.models import User


@pytest.fixture
def past_week(db: None) -> Callable[..., MatchWeek]:
    """Return a function that makes a closed round of 2025, published on its first day."""

    def make(number: int, **columns: Any) -> MatchWeek:
        monday = date.fromisocalendar(2025, number, 1)
        published_at = datetime.combine(monday, time(9), UTC)
        columns = {"status": "closed", "published_at": published_at, **columns}
        return MatchWeek.objects.create(  # type: ignore[no-any-return]
            iso_year=2025, iso_week=number, starts_on=monday, ends_on=monday + timedelta(days=6), **columns
        )

    return make


@pytest.fixture
def past_pair(past_week: Callable[..., MatchWeek]) -> Callable[..., MatchHistory]:
    """Return a function that introduces two in a round, and has both answer so many days later."""

    def make(week: MatchWeek, him: User, her: User, his: str, hers: str, *, after: float = 2) -> MatchHistory:
        a, b = sorted((him, her), key=lambda member: str(member.pk))
        answers = {him.pk: his, her.pk: hers}
        answered_at = week.published_at + timedelta(days=after)
        return MatchHistory.objects.create(  # type: ignore[no-any-return]
            match_week=week,
            user_a=a,
            user_b=b,
            source="engine",
            status="accepted" if his == hers == "accepted" else "declined",
            a_response=answers[a.pk],
            b_response=answers[b.pk],
            a_responded_at=answered_at,
            b_responded_at=answered_at,
            introduced_at=week.published_at,
        )

    return make


@pytest.fixture
def couples(make_member: Callable[..., User]) -> list[tuple[User, User]]:
    return [
        (
            make_member(gender="male", birth_year=1988 + number, education="bachelor"),
            make_member(gender="female", birth_year=1988 + number, education="bachelor"),
        )
        for number in range(6)
    ]
