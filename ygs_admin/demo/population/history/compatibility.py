"""How well one member is what another asked for: group by group, with graded edges, as in the rounds' scoring."""

from collections.abc import Callable

from ..career_tables import EDUCATION, SALARY_RANGES
from ..people import Person
from ..places import province_of
from ..wishes import Wishes

NEUTRAL = 0.5  # what a missing value counts for in a soft wish
PER_YEAR, PER_CENTIMETRE, PER_DEGREE, PER_BRACKET = 0.25, 0.1, 0.35, 0.3
SAME_PROVINCE = 0.4

Grade = float | None
_Grading = Callable[[Wishes, Person], Grade]


def grade(group: str, wishes: Wishes, other: Person) -> Grade:
    """Return 1.0 where the wish is fulfilled, less the further off, None where the other side states nothing."""
    return _GRADES[group](wishes, other)


def meets_must_haves(wishes: Wishes, other: Person) -> bool:
    """Tell whether every hard condition holds; a missing value fails it."""
    return all(_GRADES[group](wishes, other) == 1.0 for group in wishes.must_have)


def directional_score(wishes: Wishes, other: Person) -> tuple[float, dict[str, float]]:
    """Return the weighted mean over the stated groups, 0 to 1, and each group's grade."""
    grades = {}
    for group in wishes.weights:
        found = _GRADES[group](wishes, other)
        grades[group] = NEUTRAL if found is None else found
    total = sum(wishes.weights.values())
    return sum(grades[group] * weight for group, weight in wishes.weights.items()) / total, grades


def mutual_score(one: float, other: float) -> float:
    """Return the harmonic mean: a pair is worth little where one side gets nothing."""
    return 2 * one * other / (one + other) if one + other else 0.0


def _age(wishes: Wishes, other: Person) -> Grade:
    return _within(other.birth_year, wishes.birth_year_min, wishes.birth_year_max, PER_YEAR)


def _height(wishes: Wishes, other: Person) -> Grade:
    return _within(other.profile.height, wishes.height_min, wishes.height_max, PER_CENTIMETRE)


def _within(value: int | None, least: int | None, most: int | None, loss: float) -> Grade:
    if value is None:
        return None
    off = max((least or value) - value, value - (most or value), 0)
    return max(0.0, 1 - off * loss)


def _education(wishes: Wishes, other: Person) -> Grade:
    return _at_least(EDUCATION, wishes.education_min, other.profile.education, PER_DEGREE)


def _salary(wishes: Wishes, other: Person) -> Grade:
    return _at_least(SALARY_RANGES, wishes.salary_min, other.profile.salary_range, PER_BRACKET)


def _at_least(scale: tuple[str, ...], wished: str | None, value: str | None, loss: float) -> Grade:
    if value is None or wished is None:
        return None
    return max(0.0, 1 - max(0, scale.index(wished) - scale.index(value)) * loss)


def _district(wishes: Wishes, other: Person) -> Grade:
    district, wished = other.profile.district, wishes.districts
    if district is None or wished is None:
        return None
    if district in wished:
        return 1.0
    return SAME_PROVINCE if province_of(district) == province_of(wished[0]) else 0.0


def _listed(
    of_other: Callable[[Person], str | None], of_wishes: Callable[[Wishes], tuple[str, ...] | None]
) -> _Grading:
    def listed(wishes: Wishes, other: Person) -> Grade:
        value = of_other(other)
        return None if value is None else float(value in (of_wishes(wishes) or ()))

    return listed


_GRADES: dict[str, _Grading] = {
    "age": _age,
    "height": _height,
    "education": _education,
    "salary": _salary,
    "district": _district,
    "religion": _listed(lambda person: person.lifestyle.usable_religion, lambda wishes: wishes.religions),
    "smoking": _listed(lambda person: person.lifestyle.smoking, lambda wishes: wishes.smoking),
    "drinking": _listed(lambda person: person.lifestyle.drinking, lambda wishes: wishes.drinking),
    "marital_history": _listed(
        lambda person: person.lifestyle.marital_history, lambda wishes: wishes.marital_histories
    ),
    "mbti": _listed(lambda person: person.profile.mbti, lambda wishes: wishes.mbti),
}
