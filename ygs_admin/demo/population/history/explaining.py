"""A pair's explanation as the rounds write it: group by group what one asked for, what the other has, what it adds.

The form is that of `matching.engine.results.PairExplanation`, written out: the population knows no app.
"""

from collections.abc import Callable
from typing import Any

from ..people import Person
from ..rows import Json
from ..wishes import Wishes
from .compatibility import NEUTRAL, grade

_ASKED: dict[str, Callable[[Wishes], Any]] = {
    "age": lambda wishes: {"min": wishes.birth_year_min, "max": wishes.birth_year_max},
    "height": lambda wishes: {"min": wishes.height_min, "max": wishes.height_max},
    "education": lambda wishes: {"min": wishes.education_min, "max": None},
    "salary": lambda wishes: {"min": wishes.salary_min, "max": None},
    "district": lambda wishes: wishes.districts,
    "religion": lambda wishes: wishes.religions,
    "smoking": lambda wishes: wishes.smoking,
    "drinking": lambda wishes: wishes.drinking,
    "marital_history": lambda wishes: wishes.marital_histories,
    "mbti": lambda wishes: wishes.mbti,
}
_HAS: dict[str, Callable[[Person], Any]] = {
    "age": lambda person: person.birth_year,
    "height": lambda person: person.profile.height,
    "education": lambda person: person.profile.education,
    "salary": lambda person: person.profile.salary_range,
    "district": lambda person: person.profile.district,
    "religion": lambda person: person.lifestyle.usable_religion,
    "smoking": lambda person: person.lifestyle.smoking,
    "drinking": lambda person: person.lifestyle.drinking,
    "marital_history": lambda person: person.lifestyle.marital_history,
    "mbti": lambda person: person.profile.mbti,
}


def explain_way(one: Person, other: Person, score: float) -> Json:
    """Return how well the other meets what one asked for; nobody's history counts here."""
    total = sum(one.wishes.weights.values())
    groups = [_group(group, weight / total, one.wishes, other) for group, weight in one.wishes.weights.items()]
    return {"score": score, "preference": score, "acceptance": 1.0, "groups": groups}


def _group(group: str, share: float, wishes: Wishes, other: Person) -> Json:
    fit = grade(group, wishes, other)
    return {
        "group": group,
        "is_must_have": group in wishes.must_have,
        "weight": wishes.weights[group],
        "asked": _ASKED[group](wishes),
        "has": _HAS[group](other),
        "fit": None if fit is None else round(fit, 4),
        "contribution": round(share * (NEUTRAL if fit is None else fit), 4),
    }
