"""Whom a member wishes to meet: what follows from the member's own age, height, schooling, faith and place."""

from dataclasses import dataclass
from random import Random

from .career_tables import EDUCATION, SALARY_RANGES
from .draws import Weighted, happens
from .lifestyles import Lifestyle
from .places import districts_near
from .profiles import Profile

GROUPS = (
    "age", "height", "education", "salary", "district", "religion", "smoking", "drinking", "marital_history", "mbti",
)  # fmt: skip
# How readily a stated wish is made a hard condition.
HARDNESS = {
    "age": 0.4, "height": 0.14, "education": 0.2, "salary": 0.16, "district": 0.24, "religion": 0.4, "smoking": 0.5,
    "drinking": 0.14, "marital_history": 0.6, "mbti": 0.05,
}  # fmt: skip
SHARED_FAITHS = ("protestant", "catholic", "buddhist", "won_buddhist")
_WEIGHT = Weighted(((1, 10), (2, 20), (3, 34), (4, 22), (5, 14)))
_MBTI_LETTERS = ("E", "I", "N", "S", "T", "F", "J", "P")
TYPES = tuple(a + b + c + d for a in "IE" for b in "SN" for c in "TF" for d in "JP")


@dataclass(frozen=True, slots=True)
class Wishes:
    """None: nothing wished. `must_have` names some of the stated groups, `weights` weighs all of them."""

    birth_year_min: int | None
    birth_year_max: int | None
    height_min: int | None
    height_max: int | None
    education_min: str | None
    salary_min: str | None
    districts: tuple[str, ...] | None
    religions: tuple[str, ...] | None
    smoking: tuple[str, ...] | None
    drinking: tuple[str, ...] | None
    marital_histories: tuple[str, ...] | None
    mbti: tuple[str, ...] | None
    must_have: tuple[str, ...]
    weights: dict[str, int]


def draw_wishes(gender: str, birth_year: int, profile: Profile, lifestyle: Lifestyle, rng: Random) -> Wishes:
    oldest, youngest = _birth_years(gender, birth_year, rng)
    shortest, tallest = _heights(gender, profile.height, rng)
    education, salary = _education(gender, profile.education, rng), _salary(gender, profile.salary_range, rng)
    districts, religions = _districts(profile.district, rng), _religions(lifestyle.usable_religion, rng)
    smoking, drinking = _smoking(lifestyle.smoking, rng), _drinking(rng)
    marital_histories, mbti = _marital_histories(lifestyle.marital_history, rng), _types(rng)
    stated = (
        True,
        shortest or tallest,
        education,
        salary,
        districts,
        religions,
        smoking,
        drinking,
        marital_histories,
        mbti,
    )
    groups = [group for group, wish in zip(GROUPS, stated, strict=True) if wish]
    return Wishes(
        birth_year_min=oldest,
        birth_year_max=youngest,
        height_min=shortest,
        height_max=tallest,
        education_min=education,
        salary_min=salary,
        districts=districts,
        religions=religions,
        smoking=smoking,
        drinking=drinking,
        marital_histories=marital_histories,
        mbti=mbti,
        must_have=tuple(group for group in groups if happens(HARDNESS[group], rng)),
        weights={group: _WEIGHT.draw(rng) for group in groups},
    )


def _birth_years(gender: str, birth_year: int, rng: Random) -> tuple[int, int]:
    """Men look for women from their own age to some years younger, women the other way round."""
    towards, away = rng.randint(3, 8), rng.randint(0, 3)
    return (birth_year - away, birth_year + towards) if gender == "male" else (birth_year - towards, birth_year + away)


def _heights(gender: str, height: int | None, rng: Random) -> tuple[int | None, int | None]:
    if gender == "female":
        wished = rng.choice((168, 170, 170, 172, 173, 175, 175, 178))
        return (max(wished, (height or 0) + 3), None) if happens(0.55, rng) else (None, None)
    if happens(0.22, rng):
        return rng.choice((155, 158, 160, 162)), None
    return (None, max(165, (height or 175) - 2)) if happens(0.08, rng) else (None, None)


def _education(gender: str, own: str | None, rng: Random) -> str | None:
    """People ask for their own education or one step less; women more often."""
    if own is None or not happens(0.5 if gender == "female" else 0.28, rng):
        return None
    return EDUCATION[max(1, EDUCATION.index(own) - rng.choice((0, 1, 1)))]


def _salary(gender: str, own: str | None, rng: Random) -> str | None:
    if own is None or not happens(0.48 if gender == "female" else 0.1, rng):
        return None
    return SALARY_RANGES[max(1, min(5, SALARY_RANGES.index(own) + rng.choice((-1, 0, 0, 1))))]


def _districts(own: str | None, rng: Random) -> tuple[str, ...] | None:
    if own is None or not happens(0.46, rng):
        return None
    return tuple(districts_near(own, rng.choice((0, 1, 2, 3, 3))))


def _religions(own: str | None, rng: Random) -> tuple[str, ...] | None:
    if own in SHARED_FAITHS:
        return rng.choice(((own,), (own, "none"))) if happens(0.6, rng) else None
    if own == "none" and happens(0.22, rng):
        return rng.choice((("none",), ("none", "catholic"), ("none", "catholic", "buddhist")))
    return None


def _smoking(own: str | None, rng: Random) -> tuple[str, ...] | None:
    if own == "regular" or happens(0.35, rng):
        return None
    return rng.choice((("never",), ("never",), ("never", "quitting"), ("never", "vaping", "quitting")))


def _drinking(rng: Random) -> tuple[str, ...] | None:
    return rng.choice((("never", "sometimes"), ("never", "sometimes", "weekly"))) if happens(0.3, rng) else None


def _marital_histories(own: str | None, rng: Random) -> tuple[str, ...] | None:
    if own == "never_married":
        return ("never_married",) if happens(0.55, rng) else None
    return ("never_married", "divorced", "widowed") if happens(0.3, rng) else None


def _types(rng: Random) -> tuple[str, ...] | None:
    """Return the eight types that share one letter, for the few who ask for a type at all."""
    if not happens(0.09, rng):
        return None
    letter = rng.choice(_MBTI_LETTERS)
    return tuple(kind for kind in TYPES if letter in kind)
