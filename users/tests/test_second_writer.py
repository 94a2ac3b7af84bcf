"""What the backend writes the console reads and edits, and the other way round.

Everything runs twice: over tables that the backend made with `timestamp` columns, and with `timestamptz`.
"""

from typing import Any

import pytest
from django.db import connections
from sqlmodel import SQLModel

from users.models import User
from users.tests.backend import queries, rows
from users.tests.backend.sessions import Backend
from users.tests.both_sides import (
    backend_row,
    columns_of,
    console_model,
    console_row,
    written_user,
    written_with_rows,
)
from ygs_admin.db.row_version import RowConflictError


@pytest.mark.parametrize("make", [rows.least_rows, rows.full_rows])
def test_the_console_reads_every_column_as_the_backend_wrote_it(backend: Backend, make: Any) -> None:
    for row in written_with_rows(backend, make):
        instance = console_row(row)

        assert columns_of(instance) == rows.columns_of(row)
        assert str(instance)


@pytest.mark.parametrize("make", [rows.least_rows, rows.full_rows])
def test_the_backend_reads_every_column_as_the_console_wrote_it(backend: Backend, make: Any) -> None:
    user = User.objects.create(phone=rows.new_user().phone, name="이영희", gender="female", birth_year=1992)
    assert rows.columns_of(backend_row(backend, user)) == columns_of(user)

    for row in make(user.pk):
        instance = console_model(row)(**rows.columns_of(row))
        instance.save(force_insert=True)

        assert rows.columns_of(backend_row(backend, instance)) == columns_of(instance) == rows.columns_of(row)


def test_rows_without_the_consoles_defaults_pass_the_consoles_validation(backend: Backend) -> None:
    for row in written_with_rows(backend, rows.least_rows):
        console_row(row).full_clean()


def test_saving_what_was_read_writes_nothing(backend: Backend) -> None:
    for row in written_with_rows(backend, rows.least_rows)[:-1]:
        console_row(row).save()

        assert rows.columns_of(backend_row(backend, console_row(row))) == rows.columns_of(row)


EDITS: dict[str, dict[str, Any]] = {
    "User": {"name": "박민수"},
    "UserProfile": {"job": "의사"},
    "UserLifestyle": {"smoking": "quitting", "hobbies": ["등산"]},
    "UserPreference": {"height_min": 165, "districts": ["서울 강남구"], "weights": {"age": 5}},
    "UserPhoto": {"display_order": 7},
    "UserDocument": {"reject_note": "다시"},
    "UserSubscription": {"introductions_used": 2},
}


@pytest.mark.parametrize("make", [rows.least_rows, rows.full_rows])
def test_an_edit_by_the_console_changes_that_column_and_no_other(backend: Backend, make: Any) -> None:
    for row in written_with_rows(backend, make)[:-1]:
        instance = console_row(row)
        edit = EDITS[type(row).__name__]
        for name, value in edit.items():
            setattr(instance, name, value)
        instance.save()

        expected = {**rows.columns_of(row), **edit}
        if "updated_at" in expected:
            assert instance.updated_at > expected["created_at"]
            expected["updated_at"] = instance.updated_at
        assert rows.columns_of(backend_row(backend, instance)) == expected


def test_an_edit_by_the_backend_is_seen_by_the_console(backend: Backend) -> None:
    user = written_user(backend)
    seen = User.objects.get(pk=user.id)
    assert seen.updated_at is None

    updated = backend.write(queries.update_user, user.id, name="김영희")
    seen.refresh_from_db()

    assert updated is not None
    assert (seen.name, seen.updated_at) == ("김영희", rows.as_utc(updated.updated_at))


@pytest.mark.parametrize("with_row_version", [False, True])
def test_the_console_never_saves_over_what_the_backend_wrote_since(backend: Backend, with_row_version: bool) -> None:
    user = written_user(backend)
    members = User.objects.with_row_version() if with_row_version else User.objects.all()
    seen = members.get(pk=user.id)
    backend.write(queries.update_user, user.id, name="김영희")

    seen.name = "김민수"
    with pytest.raises(RowConflictError):
        seen.save()

    assert backend_row(backend, seen).name == "김영희"


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "America/New_York", "Asia/Seoul"])
def test_times_are_the_same_moment_under_every_session_time_zone(backend: Backend, zone: str) -> None:
    user = written_user(backend, created_at=rows.MOMENT, updated_at=rows.MOMENT)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, false)", [zone])

    seen = User.objects.get(pk=user.id)
    assert columns_of(seen) == rows.columns_of(user)

    User.objects.filter(pk=user.id).update(created_at=seen.created_at, updated_at=seen.updated_at)
    assert rows.columns_of(backend_row(backend, seen)) == rows.columns_of(user)
    assert User.objects.filter(pk=user.id, created_at=seen.created_at, updated_at__gte=seen.created_at).exists()


UNKNOWN = [
    ("User", "status", "dormant"),
    ("User", "gender", "nonbinary"),
    ("UserProfile", "education", "postdoc"),
    ("UserProfile", "mbti", "XXXX"),
    ("UserLifestyle", "smoking", "cigar"),
    ("UserPreference", "religions", ["none", "shinto"]),
    ("UserDocument", "document_type", "passport"),
    ("UserSubscription", "plan", "diamond"),
]


@pytest.mark.parametrize(("table", "column", "value"), UNKNOWN)
def test_an_unknown_value_is_shown_filtered_and_survives_an_edit(
    backend: Backend, table: str, column: str, value: Any
) -> None:
    row = next(row for row in unwritten_rows(backend) if type(row).__name__ == table)
    setattr(row, column, value)
    instance = console_row(backend.write(queries.create, row))

    assert getattr(instance, column) == value
    if isinstance(value, str):
        assert getattr(instance, f"get_{column}_display")() == value
    assert type(instance)._default_manager.filter(pk=instance.pk, **{column: value}).exists()

    for name, edited in EDITS[table].items():
        if name != column:
            setattr(instance, name, edited)
    instance.full_clean()
    instance.save()
    assert getattr(backend_row(backend, instance), column) == value


def unwritten_rows(backend: Backend) -> list[SQLModel]:
    return [rows.new_user(), *rows.least_rows(written_user(backend).id)]
