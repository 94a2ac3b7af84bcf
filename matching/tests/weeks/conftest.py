"""A round in review, with pairs that have their explanation."""

from collections.abc import Callable
from typing import Any

import pytest

from matching.models import MatchHistory, MatchWeek, WeekStatus
from matching.tests.rounds.conftest import couple, eligible, propose, proposed, subscribe, week

__all__ = ["couple", "eligible", "propose", "proposed", "subscribe", "week"]


@pytest.fixture
def explanation() -> dict[str, Any]:
    """Return what the engine explains of a pair: one wish met, one hard, one of which nothing is known."""
    groups = [
        wish("age", asked={"min": 1985, "max": 1992}, has=1990, fit=1.0, contribution=0.6, is_must_have=True),
        wish("education", asked={"min": "bachelor", "max": None}, has="master", fit=1.0, contribution=0.2),
        wish("smoking", asked=["never", "quitting"], has=None, fit=None, contribution=0.1),
    ]
    way = {"score": 0.9, "preference": 0.9, "acceptance": 1.0, "groups": groups}
    other = {"score": 0.6, "preference": 0.75, "acceptance": 0.8, "groups": []}
    return {"score": 0.72, "a_to_b": way, "b_to_a": other}


def wish(group: str, *, is_must_have: bool = False, weight: int = 3, **columns: Any) -> dict[str, Any]:
    return {"group": group, "is_must_have": is_must_have, "weight": weight, **columns}


@pytest.fixture
def in_review(week: MatchWeek) -> MatchWeek:
    week.status = WeekStatus.REVIEW
    week.save()
    return week


@pytest.fixture
def pairs(
    in_review: MatchWeek, eligible: Callable[..., Any], propose: Callable[..., MatchHistory], explanation: Any
) -> list[MatchHistory]:
    """Return three pairs of the round in review, the best first."""
    scores = ((0.9, 0.95, 0.86), (0.72, 0.9, 0.6), (0.5, 0.5, 0.5))
    return [
        propose(
            eligible(name=f"김하나{at}"),
            eligible(name=f"이두리{at}"),
            score=score,
            score_a_to_b=first,
            score_b_to_a=second,
            explanation=explanation,
        )
        for at, (score, first, second) in enumerate(scores)
    ]
