"""What the engine knows of a member."""

from collections.abc import Mapping
from typing import NamedTuple

GROUPS = (
    "age",
    "height",
    "education",
    "salary",
    "district",
    "religion",
    "smoking",
    "drinking",
    "marital_history",
    "mbti",
)
"""The groups of a preference, in the order in which they are shown. Each may be a must-have or soft, or not stated."""


class Wishes(NamedTuple):
    """What a member asks for; a null or empty wish is not stated. Values are those of the shared tables."""

    birth_year_min: int | None = None
    birth_year_max: int | None = None
    height_min: int | None = None
    height_max: int | None = None
    education_min: str | None = None
    salary_min: str | None = None
    districts: tuple[str, ...] = ()
    religions: tuple[str, ...] = ()
    smoking: tuple[str, ...] = ()
    drinking: tuple[str, ...] = ()
    marital_histories: tuple[str, ...] = ()
    mbti: tuple[str, ...] = ()
    must_have: frozenset[str] = frozenset()
    weights: Mapping[str, int] = {}


class Answers(NamedTuple):
    """How often a member accepted, or was accepted, of how many introductions that were answered or lapsed.

    Feedback adds fractions of answers.
    """

    accepted: float = 0
    answered: float = 0


class MemberRecord(NamedTuple):
    """One eligible member. What the member did not state, or did not consent to (religion), is None.

    `quota` is how many introductions the round may give; `weeks_waiting` counts from the last introduction, or from
    the subscription's start. `gave` are the member's own answers, `got` those of the partners; `introductions` counts
    the earlier ones, answered or not.
    """

    id: str
    gender: str
    birth_year: int
    height: int | None = None
    education: str | None = None
    salary_range: str | None = None
    district: str | None = None
    religion: str | None = None
    smoking: str | None = None
    drinking: str | None = None
    marital_history: str | None = None
    mbti: str | None = None
    wishes: Wishes = Wishes()
    quota: int = 1
    weeks_waiting: float = 0
    gave: Answers = Answers()
    got: Answers = Answers()
    introductions: int = 0
