"""One small population for all tests of this package: 600 members as of a Wednesday, as rows, without a database."""

from datetime import date
from itertools import chain
from typing import TypeVar

import pytest

from ygs_admin.demo.population import StaffRef
from ygs_admin.demo.population.consultations import consultation_rows
from ygs_admin.demo.population.history import WeekTotals, cohort_count, play_cohort, week_row, weeks_of
from ygs_admin.demo.population.members import member_rows
from ygs_admin.demo.population.tables import TABLES, Row
from ygs_admin.demo.population.world import World

RowKind = TypeVar("RowKind", bound=Row)

MEMBERS, SEED, TODAY = 600, 7, date(2026, 11, 25)
STAFF = tuple(
    StaffRef(f"stf_01HQ5K3NXYZ00000000000000{place}", name, role)
    for place, (name, role) in enumerate(
        [
            ("서지윤", "reviewer"),
            ("문하람", "matchmaker"),
            ("배수민", "consultant"),
            ("하도겸", "consultant"),
            ("권은채", "manager"),
        ]
    )
)


class Population:
    """Every row of a world, by kind."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._rows: dict[type[Row], list[Row]] = member_rows(world, range(world.members))
        weeks = weeks_of(world)
        totals = {week.id: WeekTotals() for week in weeks}
        cohorts = [play_cohort(world, number, weeks, totals) for number in range(cohort_count(world.members))]
        self.totals = totals
        played = [(cohort.subscriptions, cohort.ledger, cohort.introductions, cohort.feedback) for cohort in cohorts]
        for row in chain(*chain(*played), consultation_rows(world), (week_row(world, week) for week in weeks)):
            self._rows.setdefault(type(row), []).append(row)

    def of(self, kind: type[RowKind]) -> list[RowKind]:
        return self._rows[kind]  # type: ignore[return-value]

    @property
    def all_rows(self) -> list[Row]:
        return [row for kind in TABLES for row in self._rows[kind]]


def make_world(members: int = MEMBERS, seed: int = SEED, today: date = TODAY) -> World:
    return World(seed=seed, members=members, today=today, staff=STAFF)


@pytest.fixture(scope="package")
def population() -> Population:
    return Population(make_world())
