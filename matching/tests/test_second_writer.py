"""Rounds, introductions, feedback and consultations: what either side writes the other reads and edits."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlmodel import SQLModel

from users.tests.backend import queries
from users.tests.backend.matching_models import ConsultSchedule, MatchFeedback, MatchHistory, MatchWeek
from users.tests.backend.rows import DAY, MOMENT
from users.tests.backend.rows import columns_of as backend_columns
from users.tests.backend.sessions import Backend
from users.tests.both_sides import backend_row, columns_of, console_model, console_row, written_user
from ygs_admin.db.ids import new_id

_years = count(3000)
CONSULTANT = "stf_01ARZ3NDEKTSV4RRFFQ69G5FAV"
SCORES: dict[str, Any] = {"score": 0.1 + 0.2, "score_a_to_b": 1e-300, "score_b_to_a": 87.5}

PROGRESS = ("a_responded_at", "b_responded_at", "introduced_at", "date_fixed_at", "met_at", "closed_at")


def new_week(**values: Any) -> MatchWeek:
    return MatchWeek(**{"iso_year": next(_years), "iso_week": 9, "starts_on": DAY, "ends_on": DAY, **values})


def least_rows(backend: Backend) -> list[SQLModel]:
    """Have the backend write one row of each matching table, with nothing but what the table demands."""
    one, other = (written_user(backend).id for _ in range(2))
    week = backend.write(queries.create, new_week())
    pair = backend.write(queries.create, MatchHistory(user_a_id=one, user_b_id=other, source="manual"))
    feedback = MatchFeedback(match_history_id=pair.id, user_id=one, rating=4)
    # Nobody is in two at once: each test's has a consultant of its own.
    consultation = ConsultSchedule(user_id=one, consultant_id=new_id("stf"), scheduled_at=MOMENT, channel="phone")
    return [week, pair, *(backend.write(queries.create, row) for row in (feedback, consultation))]


def full_rows(backend: Backend) -> list[SQLModel]:
    """Have the backend write one row of each matching table, with a value in every column."""
    one, other = (written_user(backend).id for _ in range(2))
    stamps: dict[str, Any] = {"updated_at": MOMENT, "deleted_at": MOMENT}
    times: dict[str, Any] = dict.fromkeys(("generated_at", "published_at", "closed_at"), MOMENT)
    week = new_week(settings={"quota": 3}, summary={"pairs": 120}, note="3월", status="closed", **times, **stamps)
    week = backend.write(queries.create, week)
    progress: dict[str, Any] = dict.fromkeys(PROGRESS, MOMENT)
    pair = MatchHistory(
        match_week_id=week.id, user_a_id=one, user_b_id=other, status="ended", source="engine", **SCORES,
        explanation={"age": [0.5, "가까움"]}, is_pinned=True, matchmaker_id=CONSULTANT, a_response="accepted",
        b_response="declined", close_reason="연락 두절", memo="메모", **progress, **stamps,
    )  # fmt: skip
    pair = backend.write(queries.create, pair)
    feedback = MatchFeedback(
        match_history_id=pair.id, user_id=one, rating=1, wants_to_meet_again=False, tags=["지각"], comment="늦었다",
        is_incident=True, **stamps,
    )  # fmt: skip
    consultation = ConsultSchedule(
        user_id=one, consultant_id=CONSULTANT, scheduled_at=MOMENT, duration_minutes=45, channel="visit",
        status="completed", topic="renewal", memo="갱신", **stamps,
    )  # fmt: skip
    return [week, pair, *(backend.write(queries.create, row) for row in (feedback, consultation))]


Writes = Callable[[Backend], list[SQLModel]]


@pytest.mark.parametrize("write", [least_rows, full_rows])
def test_the_console_reads_every_column_as_the_backend_wrote_it(backend: Backend, write: Writes) -> None:
    for row in write(backend):
        instance = console_row(row)

        assert columns_of(instance) == backend_columns(row)
        assert str(instance)


@pytest.mark.parametrize("write", [least_rows, full_rows])
def test_the_backend_reads_every_column_as_the_console_wrote_it(backend: Backend, write: Writes) -> None:
    week, pair, feedback, consultation = write(backend)
    copies: dict[str, dict[str, Any]] = {
        "MatchWeek": {"iso_year": next(_years)},
        "MatchHistory": {"match_week_id": None},
        "MatchFeedback": {"user_id": written_user(backend).id},
        "ConsultSchedule": {"user_id": written_user(backend).id, "consultant_id": new_id("stf")},
    }
    for row in (week, pair, feedback, consultation):
        values = {**backend_columns(row), **copies[type(row).__name__]}
        del values["id"]
        instance = console_model(row).objects.create(**values)

        assert backend_columns(backend_row(backend, instance)) == columns_of(instance) == {**values, "id": instance.pk}


EDITS: dict[str, dict[str, Any]] = {
    "MatchWeek": {"note": "설 연휴", "settings": {"quota": 2}},
    "MatchHistory": {"memo": "전화함", "explanation": {"age": 1}, "is_pinned": True},
    "MatchFeedback": {"rating": 2, "tags": ["배려심"]},
    "ConsultSchedule": {"scheduled_at": None, "topic": "intake"},
}


@pytest.mark.parametrize("write", [least_rows, full_rows])
def test_an_edit_by_the_console_changes_that_column_and_no_other(backend: Backend, write: Writes) -> None:
    for row in write(backend):
        instance = console_row(row)
        edit = dict(EDITS[type(row).__name__])
        if "scheduled_at" in edit:
            edit["scheduled_at"] = instance.scheduled_at + timedelta(hours=1)
        for name, value in edit.items():
            setattr(instance, name, value)
        instance.full_clean()
        instance.save()

        expected = {**backend_columns(row), **edit, "updated_at": instance.updated_at}
        assert backend_columns(backend_row(backend, instance)) == expected


UNKNOWN = {"MatchWeek": "status", "MatchHistory": "a_response", "ConsultSchedule": "channel"}


@pytest.mark.parametrize("table", UNKNOWN)
def test_an_unknown_value_is_shown_and_survives_an_edit(backend: Backend, table: str) -> None:
    row: Any = next(row for row in least_rows(backend) if type(row).__name__ == table)
    column = UNKNOWN[table]
    setattr(row, column, "unheard_of")
    instance = console_row(backend.write(queries.create, row))

    assert getattr(instance, f"get_{column}_display")() == "unheard_of"
    instance.note = instance.memo = "보존"
    instance.full_clean()
    instance.save()
    assert getattr(backend_row(backend, instance), column) == "unheard_of"


def test_a_deletion_by_the_console_is_undone_for_the_backend_too(backend: Backend) -> None:
    for row in least_rows(backend):
        instance = console_row(row)

        instance.delete()
        assert backend_row(backend, instance).deleted_at is not None
        assert not type(instance).objects.filter(pk=instance.pk).exists()

        instance.restore()
        assert backend_row(backend, instance).deleted_at is None
