"""The two-way table of a pair in words: what each asked for, what the other has, and what that adds to the score.

It is read from `match_histories.explanation`, which holds `PairExplanation.as_json()`. Rows of elsewhere may hold
anything: what is not of that form has no table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from users.models.vocabulary import (
    Drinking,
    Education,
    MaritalHistory,
    PreferenceGroup,
    Religion,
    SalaryRange,
    Smoking,
)
from users.ranges import at_least, in_range

CHOICES: dict[str, type[TextChoices]] = {
    "education": Education,
    "salary": SalaryRange,
    "religion": Religion,
    "smoking": Smoking,
    "drinking": Drinking,
    "marital_history": MaritalHistory,
}
UNITS: dict[str, str | Promise] = {"age": gettext_lazy("born %(bound)s"), "height": "%(bound)s cm"}


@dataclass(frozen=True)
class Line:
    """One wish. `fit` and `contribution` are in hundredths; `fit` is None where the other states nothing."""

    label: str
    is_must_have: bool
    weight: float
    asked: str
    has: str
    fit: int | None
    contribution: int


@dataclass(frozen=True)
class Way:
    """What one asked for of the other. Scores are in hundredths; the lines add up to `preference`."""

    score: int
    preference: int
    acceptance: int
    lines: list[Line]


@dataclass(frozen=True)
class TwoWay:
    score: int
    a_to_b: Way
    b_to_a: Way


def read_two_way(explanation: Any) -> TwoWay | None:
    """Return the table, None where the explanation is none that the engine gives."""
    try:
        ways = [_way(explanation[way]) for way in ("a_to_b", "b_to_a")]
        return TwoWay(in_hundredths(explanation["score"]), *ways)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def in_hundredths(share: float) -> int:
    """`0.8349` → `83`."""
    return round(share * 100)


def _way(way: dict[str, Any]) -> Way:
    score, preference, acceptance = (in_hundredths(way[name]) for name in ("score", "preference", "acceptance"))
    return Way(score, preference, acceptance, [_line(group) for group in way["groups"]])


def _line(fit: dict[str, Any]) -> Line:
    group = fit["group"]
    return Line(
        label=group_label(group),
        is_must_have=bool(fit["is_must_have"]),
        weight=fit["weight"],
        asked=in_words(group, fit["asked"]),
        has=in_words(group, fit["has"]),
        fit=None if fit["fit"] is None else in_hundredths(fit["fit"]),
        contribution=in_hundredths(fit["contribution"]),
    )


def group_label(group: str) -> str:
    return str(dict(PreferenceGroup.choices).get(group, group))


def in_words(group: str, value: Any) -> str:
    """Return what was asked for (a range, a list, the least) or what somebody has; empty for nothing."""
    match value:
        case None:
            return ""
        case {"min": least, "max": None} if group not in UNITS:
            return at_least(_word(group, least))
        case {"min": least, "max": most}:
            return in_range(_word(group, least), _word(group, most), _unit(group))
        case list() | tuple() if group == PreferenceGroup.DISTRICT:
            return _places(value)
        case list() | tuple():
            return ", ".join(str(_word(group, item)) for item in value)
    return _unit(group) % {"bound": _word(group, value)}


def _places(districts: Iterable[Any]) -> str:
    """Return districts by province, which is said once: `부산 남구, 동구 / 울산`; a whole province stands alone."""
    of_province: dict[str, list[str]] = {}
    for province, _space, place in (str(district).partition(" ") for district in districts):
        of_province.setdefault(province, []).append(place)
    return " / ".join(f"{name} {', '.join(places)}" if all(places) else name for name, places in of_province.items())


def _word(group: str, value: Any) -> Any:
    """Return a single value as its choice is called, None as None."""
    return dict(CHOICES[group].choices).get(value, value) if group in CHOICES else value


def _unit(group: str) -> str:
    return str(UNITS.get(group, "%(bound)s"))
