"""Rows that were inserted without the console's defaults: case 45. And the migrations: case 44."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from ygs_admin.db.ownership import shared_models

pytestmark = pytest.mark.django_db

ULID = "01HQ5K3NXYZ0123456789ABCD"
MEMBER, OTHER, PAIR, WEEK = f"usr_{ULID}1", f"usr_{ULID}2", f"mh_{ULID}1", f"mw_{ULID}1"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

# The least that each table takes: its columns that are not null. What a writer without Django's defaults may insert.
LEAST: dict[str, dict[str, Any]] = {
    "users": {
        "id": MEMBER, "phone": "01012345678", "name": "김철수", "gender": "male", "birth_year": 1990,
        "status": "pending", "is_admin": False, "created_at": NOW,
    },
    "user_profiles": {"id": MEMBER, "user_id": MEMBER},
    "user_lifestyles": {"id": MEMBER, "user_id": MEMBER, "created_at": NOW},
    "user_preferences": {"id": MEMBER, "user_id": MEMBER, "created_at": NOW},
    "user_photos": {"id": f"pho_{ULID}1", "user_id": MEMBER, "s3_key": "p", "display_order": 0, "created_at": NOW},
    "user_documents": {
        "id": f"doc_{ULID}1", "user_id": MEMBER, "document_type": "identity", "s3_key": "d", "status": "pending",
        "created_at": NOW,
    },
    "user_subscriptions": {
        "id": f"sub_{ULID}1", "user_id": MEMBER, "plan": "basic", "status": "active", "starts_at": NOW,
        "introductions_used": 0, "auto_renew": False, "created_at": NOW,
    },
    "user_access_audits": {"id": f"aud_{ULID}1", "actor_id": "system", "action": "view", "created_at": NOW},
    "match_weeks": {
        "id": WEEK, "iso_year": 2026, "iso_week": 1, "starts_on": "2025-12-29", "ends_on": "2026-01-04",
        "status": "draft", "created_at": NOW,
    },
    "match_histories": {
        "id": PAIR, "user_a_id": MEMBER, "user_b_id": OTHER, "status": "proposed", "source": "engine",
        "is_pinned": False, "a_response": "pending", "b_response": "pending", "created_at": NOW,
    },
    "match_feedbacks": {
        "id": f"mf_{ULID}1", "match_history_id": PAIR, "user_id": MEMBER, "rating": 3, "is_incident": False,
        "created_at": NOW,
    },
    "consult_schedules": {
        "id": f"cs_{ULID}1", "user_id": MEMBER, "consultant_id": f"stf_{ULID}1", "scheduled_at": NOW,
        "duration_minutes": 30, "channel": "phone", "status": "scheduled", "created_at": NOW,
    },
}  # fmt: skip
# A column of each table that an edit may change.
EDITED: dict[str, tuple[str, Any]] = {
    "users": ("name", "김영희"),
    "user_profiles": ("job", "교사"),
    "user_lifestyles": ("hobbies", ["등산"]),
    "user_preferences": ("mbti", ["INTJ"]),
    "user_photos": ("display_order", 2),
    "user_documents": ("status", "approved"),
    "user_subscriptions": ("introductions_total", 8),
    "match_weeks": ("settings", {"quota": 2}),
    "match_histories": ("memo", "좋은 인연"),
    "match_feedbacks": ("tags", ["친절"]),
    "consult_schedules": ("topic", "intake"),
}


def insert(table: str, values: dict[str, Any]) -> None:
    columns, places = ", ".join(values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", list(values.values()))  # noqa: S608


@pytest.fixture
def least_rows() -> None:
    for table, values in LEAST.items():
        insert(table, values)
        if table == "users":
            insert(table, values | {"id": OTHER, "phone": "01087654321"})


def row_of(table: str) -> Any:
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return model._base_manager.get(pk=LEAST[table]["id"])


def test_every_shared_table_is_covered() -> None:
    tables = {model._meta.db_table for model in shared_models()}
    assert set(LEAST) == tables
    assert set(EDITED) == tables - {"user_access_audits"}


@pytest.mark.parametrize("model", shared_models(), ids=lambda model: model.__name__)
def test_the_least_rows_leave_out_every_column_that_may_be_null(model: Any) -> None:
    required = {field.column for field in model._meta.concrete_fields if not field.null}
    assert set(LEAST[model._meta.db_table]) == required


@pytest.mark.usefixtures("least_rows")
@pytest.mark.parametrize("table", LEAST)
def test_a_row_inserted_by_hand_loads_shows_and_validates(table: str) -> None:
    row = row_of(table)
    assert str(row)
    row.full_clean()
    assert row.changed_fields() == []


@pytest.mark.usefixtures("least_rows")
@pytest.mark.parametrize("table", EDITED)
def test_a_row_inserted_by_hand_saves_the_edit_and_nothing_else(table: str) -> None:
    row, (column, value) = row_of(table), EDITED[table]
    setattr(row, column, value)
    row.save()
    again = row_of(table)
    assert getattr(again, column) == value
    for field in again._meta.concrete_fields:
        if field.attname not in {column, "updated_at"}:
            expected = LEAST[table].get(field.column)
            assert field.to_python(expected) == getattr(again, field.attname)


@pytest.mark.usefixtures("least_rows")
@pytest.mark.parametrize("table", ["user_lifestyles", "user_preferences"])
def test_the_backends_json_null_shows_and_saves(table: str) -> None:
    column, value = EDITED[table]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = 'null'")  # noqa: S608
    row = row_of(table)
    assert (getattr(row, column), row.changed_fields()) == (None, [])
    setattr(row, column, value)
    row.save()
    assert getattr(row_of(table), column) == value


def test_the_migrations_say_all_that_the_models_do() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
