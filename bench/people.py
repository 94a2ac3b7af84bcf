"""Members as the engine takes them, in any number: the demo's synthetic people, half of them men."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count, islice
from random import Random

from matching.engine.members import Answers, MemberRecord, Wishes
from ygs_admin.demo.population.draws import sigmoid
from ygs_admin.demo.population.people import Person, draw_person
from ygs_admin.demo.population.world import World

TODAY = date(2026, 1, 1)
MEAN_INTRODUCTIONS, MOST_INTRODUCTIONS = 6, 40
MEAN_WEEKS = 3
MEAN_LOG_ODDS = -0.6


def draw_people(members: int, seed: int) -> list[Person]:
    """Return so many people, the same for the same seed; about 90 µs each."""
    world = World(seed, members, TODAY, ())
    everybody = [draw_person(world, index) for index in range(members)]
    more = (draw_person(world, index) for index in count(members))
    return [
        person for gender in ("male", "female") for person in islice(_of_gender(gender, everybody, more), members // 2)
    ]


def record_of(person: Person) -> MemberRecord:
    """Return what the engine knows of somebody who has not been introduced yet."""
    profile, lifestyle, wishes = person.profile, person.lifestyle, person.wishes
    return MemberRecord(
        id=person.id,
        gender=person.gender,
        birth_year=person.birth_year,
        height=profile.height,
        education=profile.education,
        salary_range=profile.salary_range,
        district=profile.district,
        religion=lifestyle.usable_religion,
        smoking=lifestyle.smoking,
        drinking=lifestyle.drinking,
        marital_history=lifestyle.marital_history,
        mbti=profile.mbti,
        wishes=Wishes(
            wishes.birth_year_min,
            wishes.birth_year_max,
            wishes.height_min,
            wishes.height_max,
            wishes.education_min,
            wishes.salary_min,
            wishes.districts or (),
            wishes.religions or (),
            wishes.smoking or (),
            wishes.drinking or (),
            wishes.marital_histories or (),
            wishes.mbti or (),
            must_have=frozenset(wishes.must_have),
            weights=wishes.weights,
        ),
    )


def with_history(people: Iterable[Person], seed: int) -> Iterator[MemberRecord]:
    """Yield their records with answers given and got and weeks of waiting, by their temperaments.

    Popularity is skewed: the log-odds of being accepted vary by one standard deviation from member to member.
    """
    rng = Random(seed)
    for person in people:
        introductions = min(int(rng.expovariate(1 / MEAN_INTRODUCTIONS)), MOST_INTRODUCTIONS)
        yield record_of(person)._replace(
            gave=_answers(introductions, person.temperament.readiness, rng),
            got=_answers(introductions, person.temperament.charm, rng),
            weeks_waiting=rng.expovariate(1 / MEAN_WEEKS),
        )


def _of_gender(gender: str, everybody: list[Person], more: Iterator[Person]) -> Iterator[Person]:
    """Yield those of one gender, and where they do not suffice, others who are drawn on top."""
    yield from (person for person in everybody if person.gender == gender)
    yield from (person for person in more if person.gender == gender)


def _answers(introductions: int, temperament: float, rng: Random) -> Answers:
    rate = sigmoid(MEAN_LOG_ODDS + temperament)
    return Answers(sum(rng.random() < rate for _each in range(introductions)), introductions)
