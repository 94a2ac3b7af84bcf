"""The short facts of a profile."""

from dataclasses import dataclass
from random import Random
from typing import TypeVar

from .career_tables import Job
from .careers import draw_career
from .draws import Weighted, happens
from .places import draw_district

T = TypeVar("T")

# A profile is filled in step by step; what comes last is left out most.
UNSTATED = {"height": 0.02, "university": 0.05, "salary_range": 0.06, "district": 0.015, "mbti": 0.12}

_TYPES = Weighted(
    (
        ("ISTJ", 11.5), ("ISFJ", 9.5), ("INFJ", 5.2), ("INTJ", 5.0), ("ISTP", 6.4), ("ISFP", 8.4), ("INFP", 9.8),
        ("INTP", 5.6), ("ESTP", 4.2), ("ESFP", 5.7), ("ENFP", 8.9), ("ENTP", 4.1), ("ESTJ", 6.3), ("ESFJ", 5.9),
        ("ENFJ", 4.5), ("ENTJ", 3.6),
    )
)  # fmt: skip
_HEIGHT = {"male": (174.6, 5.4), "female": (162.0, 5.0)}
TALLER_UNTIL = 1990  # cohorts born before were shorter by a millimetre a year


@dataclass(frozen=True, slots=True)
class Profile:
    height: int | None
    education: str
    university: str | None
    job: Job
    salary_range: str | None
    district: str | None
    mbti: str | None


def draw_profile(gender: str, birth_year: int, age: int, rng: Random) -> Profile:
    career = draw_career(gender, birth_year, age, rng)
    return Profile(
        height=_unless_unstated("height", _height(gender, birth_year, rng), rng),
        education=career.education,
        university=_unless_unstated("university", career.university, rng),
        job=career.job,
        salary_range=_unless_unstated("salary_range", career.salary_range, rng),
        district=_unless_unstated("district", draw_district(rng), rng),
        mbti=_unless_unstated("mbti", _TYPES.draw(rng), rng),
    )


def _height(gender: str, birth_year: int, rng: Random) -> int:
    mean, spread = _HEIGHT[gender]
    mean -= max(0, TALLER_UNTIL - birth_year) * 0.1
    return round(mean + max(-2.8, min(2.8, rng.gauss(0, 1))) * spread)


def _unless_unstated(field: str, value: T, rng: Random) -> T | None:
    return None if happens(UNSTATED[field], rng) else value
