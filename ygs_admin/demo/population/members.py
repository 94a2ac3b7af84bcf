"""All rows of one member that depend on nobody else, and the rows of a block of members by table."""

from collections.abc import Iterable
from datetime import timedelta

from .audits import audit_rows
from .draws import happens
from .papers import papers_of
from .people import Person, draw_person, user_row
from .photos import photos_of
from .rows import LifestyleRow, PreferenceRow, ProfileRow
from .tables import Row
from .world import World
from .writing import preference_note, profile_row

UNFINISHED = 0.12  # sign-ups that wait for a decision without a profile yet


def member_rows(world: World, indexes: Iterable[int]) -> dict[type[Row], list[Row]]:
    """Return the rows of these members by kind. Depends on the indexes alone, not on other blocks."""
    rows: dict[type[Row], list[Row]] = {}
    for index in indexes:
        for row in _rows_of(world, draw_person(world, index)):
            rows.setdefault(type(row), []).append(row)
    return rows


def _rows_of(world: World, person: Person) -> Iterable[Row]:
    yield user_row(world, person)
    if person.status != "pending" or not happens(UNFINISHED, world.stream("finished", person.index)):
        yield from stated_rows(world, person)
    for photo in photos_of(world, person):
        yield photo.row
    for paper in papers_of(world, person):
        yield paper.row
    yield from audit_rows(world, person)


def stated_rows(world: World, person: Person) -> tuple[ProfileRow, LifestyleRow, PreferenceRow]:
    """Return what the member says of themself, and wishes."""
    return profile_row(world, person), _lifestyle_row(world, person), _preference_row(world, person)


def _lifestyle_row(world: World, person: Person) -> LifestyleRow:
    lifestyle = person.lifestyle
    created_at = person.created_at + timedelta(minutes=1)
    return LifestyleRow(
        id=person.id,
        user_id=person.id,
        smoking=lifestyle.smoking,
        drinking=lifestyle.drinking,
        religion=lifestyle.religion,
        exercise=lifestyle.exercise,
        pet=lifestyle.pet,
        marital_history=lifestyle.marital_history,
        wants_children=lifestyle.wants_children,
        marriage_timing=lifestyle.marriage_timing,
        hobbies=list(lifestyle.hobbies),
        religion_consented_at=created_at if lifestyle.has_consented else None,
        created_at=created_at,
        updated_at=None,
    )


def _preference_row(world: World, person: Person) -> PreferenceRow:
    wishes = person.wishes
    return PreferenceRow(
        id=person.id,
        user_id=person.id,
        birth_year_min=wishes.birth_year_min,
        birth_year_max=wishes.birth_year_max,
        height_min=wishes.height_min,
        height_max=wishes.height_max,
        education_min=wishes.education_min,
        salary_min=wishes.salary_min,
        districts=_listed(wishes.districts),
        religions=_listed(wishes.religions),
        smoking=_listed(wishes.smoking),
        drinking=_listed(wishes.drinking),
        marital_histories=_listed(wishes.marital_histories),
        mbti=_listed(wishes.mbti),
        must_have=list(wishes.must_have),
        weights=dict(wishes.weights),
        note=preference_note(world.stream("note", person.index)),
        created_at=person.created_at + timedelta(minutes=2),
        updated_at=None,
    )


def _listed(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)
