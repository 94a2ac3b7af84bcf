"""Education, school, job and pay, each following from what is drawn before it."""

from dataclasses import dataclass
from random import Random

from .career_tables import (
    COLLEGES,
    EDUCATION,
    JOBS,
    SALARY_BRACKETS,
    TOP_BRACKET,
    UNIVERSITIES,
    WOMENS_UNIVERSITIES,
    Job,
)
from .draws import Weighted, popular_first

HIGH_SCHOOL, ASSOCIATE, BACHELOR = 0, 1, 2
FIRST_YEAR_OF_PAY, LAST_YEAR_OF_GROWTH = 24, 54
PAY_GAP = 0.94  # what women are paid for the same job and age, by the statistics
# A job asks for a degree; who holds a much higher one takes it seldom.
OVERQUALIFIED = (1.0, 0.75, 0.3, 0.06, 0.01)

# Up to this birth year → how many per cent finished with each education.
_COHORTS = (
    (1972, (27, 17, 42, 11, 3)),
    (1980, (17, 20, 47, 13, 3)),
    (1990, (10, 19, 54, 14, 3)),
    (9999, (9, 17, 63, 10.3, 0.7)),
)
_EDUCATION_OF_COHORT = tuple((until, Weighted(zip(range(5), shares, strict=True))) for until, shares in _COHORTS)


def _jobs_for(gender: str, education: int) -> Weighted[Job]:
    return Weighted(
        (job, (job.men if gender == "male" else job.women) * OVERQUALIFIED[education - job.min_education])
        for job in JOBS
        if job.min_education <= education
    )


_JOBS = {(gender, education): _jobs_for(gender, education) for gender in ("male", "female") for education in range(5)}
_UNIVERSITIES = {
    "male": Weighted((name, share) for name, share in UNIVERSITIES if name not in WOMENS_UNIVERSITIES),
    "female": Weighted(UNIVERSITIES),
}
_COLLEGES = {
    "male": popular_first(name for name in COLLEGES if name not in WOMENS_UNIVERSITIES),
    "female": popular_first(COLLEGES),
}


@dataclass(frozen=True, slots=True)
class Career:
    education: str
    university: str | None
    job: Job
    salary_range: str


def draw_career(gender: str, birth_year: int, age: int, rng: Random) -> Career:
    education = next(table for until, table in _EDUCATION_OF_COHORT if birth_year <= until).draw(rng)
    job = _JOBS[gender, education].draw(rng)
    return Career(EDUCATION[education], _school(gender, education, rng), job, _salary_range(job, gender, age, rng))


def _school(gender: str, education: int, rng: Random) -> str | None:
    if education == HIGH_SCHOOL:
        return None
    return (_COLLEGES if education == ASSOCIATE else _UNIVERSITIES)[gender].draw(rng)


def _salary_range(job: Job, gender: str, age: int, rng: Random) -> str:
    """Pay grows by the job's rate until the early fifties; people of one job and age differ by a fifth or so."""
    years = min(max(age, FIRST_YEAR_OF_PAY), LAST_YEAR_OF_GROWTH) - 30
    spread = 0.34 if job.kind == "owner" else 0.17
    pay = job.pay * (1 + job.growth) ** years * rng.lognormvariate(0, spread)
    pay *= 1 if gender == "male" else PAY_GAP
    return next((name for bound, name in SALARY_BRACKETS if pay < bound), TOP_BRACKET)
