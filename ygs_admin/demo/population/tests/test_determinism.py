"""The same seed gives the same rows, in whatever order and in however large blocks they are made."""

from datetime import date, timedelta

import pytest

from ygs_admin.demo.population.history import Week, WeekTotals, cohorts, play_cohort, weeks_of
from ygs_admin.demo.population.members import member_rows
from ygs_admin.demo.population.rows import UserRow

from .conftest import TODAY, Population, make_world


def test_same_seed_gives_the_same_rows_ids_included(population: Population) -> None:
    assert Population(make_world()).all_rows == population.all_rows


def test_another_seed_gives_other_members(population: Population) -> None:
    others = {row.id for row in member_rows(make_world(seed=8), range(50))[UserRow]}
    assert not others & {row.id for row in population.of(UserRow)}


def test_a_block_depends_neither_on_other_blocks_nor_on_its_size(population: Population) -> None:
    world = make_world()
    late, early = member_rows(world, range(300, 600)), member_rows(world, range(300))
    assert early[UserRow] + late[UserRow] == population.of(UserRow)


def test_a_cohort_depends_on_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cohorts, "COHORT_SIZE", 200)
    world = make_world()
    weeks = weeks_of(world)
    forwards = [play_cohort(world, number, weeks, _no_totals(weeks)) for number in range(3)]
    backwards = [play_cohort(world, number, weeks, _no_totals(weeks)) for number in reversed(range(3))]
    assert forwards == backwards[::-1]
    assert all(cohort.introductions for cohort in forwards)


def _no_totals(weeks: list[Week]) -> dict[str, WeekTotals]:
    return {week.id: WeekTotals() for week in weeks}


def test_another_day_moves_the_whole_population_in_time() -> None:
    today: date = TODAY + timedelta(days=400)
    rows = member_rows(make_world(today=today), range(600))[UserRow]
    assert max(row.created_at for row in rows).date() >= today - timedelta(days=14)
