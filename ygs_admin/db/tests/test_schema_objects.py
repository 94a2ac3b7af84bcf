"""The schema check demands the console's own objects, in working order, and a database that knows Korean."""

from typing import Any

import pytest
from django.db import IntegrityError, connections

from users.tests.shared_database import create_backend_database, create_database
from ygs_admin.db.schema import (
    Finding,
    Kind,
    check_database,
    compare_surroundings,
    console,
    live_surroundings,
    register_console_object,
)

from .conftest import Alter, execute

pytestmark = pytest.mark.usefixtures("registry")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test register objects that nobody else demands."""
    monkeypatch.setattr(console, "_registered", dict(console._registered))


@pytest.mark.parametrize("missing", ["table console_member_search", "index console_search_gin"])
def test_tables_and_indexes_of_the_consoles_models_need_no_registration(alter: Alter, missing: str) -> None:
    alter(f"DROP {missing}")

    found = check_database(connections["default"]).differences

    assert Finding(Kind.MISSING_OBJECT, expected=missing) in found


def test_a_registered_object_that_is_missing_is_a_difference(alter: Alter) -> None:
    register_console_object("extension", "no_such_extension")
    register_console_object("function", "no_such_function")

    missing = [finding.expected for finding in check_database(connections["default"]).differences]

    assert missing == ["extension no_such_extension", "function no_such_function"]


def test_registered_objects_that_are_there_pass(alter: Alter) -> None:
    register_console_object("extension", "btree_gin")
    register_console_object("function", "console_users_written")
    register_console_object("trigger", "console_users_inserted")
    register_console_object("index", "console_audits_shown")

    report = check_database(connections["default"])

    assert report.ok
    assert "console_audits_shown" not in {note.found for note in report.notes}


def test_a_trigger_that_is_switched_off_is_a_difference(alter: Alter) -> None:
    register_console_object("trigger", "console_users_inserted")
    alter("ALTER TABLE users DISABLE TRIGGER console_users_inserted")

    (broken,) = check_database(connections["default"]).differences

    assert (broken.kind, broken.expected, broken.found) == (
        Kind.BROKEN_OBJECT,
        "trigger console_users_inserted",
        "disabled",
    )


def test_an_index_that_was_left_invalid_promises_nothing(django_db_blocker: Any) -> None:
    register_console_object("index", "ix_users_phone")
    with django_db_blocker.unblock(), create_backend_database(aware=False).as_default():
        execute("DROP INDEX ix_users_phone")
        execute(
            "INSERT INTO users (id, phone, name, gender, birth_year, status, is_admin, created_at)"
            " SELECT n, '01012345678', '김철수', 'male', 1990, 'pending', false, now() FROM generate_series(1, 2) n"
        )
        with pytest.raises(IntegrityError):
            execute("CREATE UNIQUE INDEX CONCURRENTLY ix_users_phone ON users (phone)")

        found = check_database(connections["default"]).differences

    assert Finding(Kind.MISSING_UNIQUE, "users", "phone", "unique") in found
    assert Finding(Kind.BROKEN_OBJECT, expected="index ix_users_phone", found="invalid") in found


def test_an_unknown_kind_of_object_is_refused() -> None:
    with pytest.raises(ValueError, match="sequence"):
        register_console_object("sequence", "anything")


@pytest.mark.parametrize(
    ("encoding", "ctype", "differences"),
    [
        ("UTF8", "C.UTF-8", []),
        ("UTF8", "C", [(Kind.CTYPE, "UTF-8", "C")]),
        ("SQL_ASCII", "C", [(Kind.ENCODING, "UTF8", "SQL_ASCII"), (Kind.CTYPE, "UTF-8", "C")]),
    ],
)
def test_a_database_that_does_not_know_korean_is_a_difference(
    encoding: str, ctype: str, differences: list[tuple[Kind, str, str]], django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), create_database(encoding=encoding, ctype=ctype).as_default():
        report = compare_surroundings([], live_surroundings(connections["default"], []))

    assert [(finding.kind, finding.expected, finding.found) for finding in report.differences] == differences
