"""The command passes on tables that work, and tells people and schedulers what does not."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from users.tests.shared_database import COLUMN_TYPES, SharedDatabase, create_database, live_database
from ygs_admin.db.schema import Kind, check_database

from .conftest import Alter


def json_report() -> tuple[int, dict[str, Any]]:
    """Run the command with `--json`; return its exit code and what it printed."""
    stdout, code = io.StringIO(), 0
    try:
        call_command("check_schema", "--json", stdout=stdout)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, json.loads(stdout.getvalue())


@pytest.mark.parametrize("column_type", COLUMN_TYPES)
def test_tables_that_the_backend_made_pass(column_type: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), live_database(aware=COLUMN_TYPES[column_type]).as_default():
        code, report = json_report()

    assert (code, report["ok"], report["differences"]) == (0, True, [])
    noted = {note["kind"] for note in report["notes"]}
    assert ("time_zone" in noted) == (column_type == "timestamptz")
    assert "missing_index" not in noted


@pytest.mark.django_db
def test_tables_of_the_migrations_pass() -> None:
    report = check_database(connection)

    assert report.differences == []
    assert {note.kind for note in report.notes} <= {Kind.EXTRA_INDEX}


@pytest.mark.usefixtures("alter")
def test_the_catalogues_are_asked_five_times_whatever_the_number_of_tables() -> None:
    with CaptureQueriesContext(connections["default"]) as queries:
        check_database(connections["default"])

    assert len(queries) == 5


def test_json_says_what_where_and_what_to_do(alter: Alter) -> None:
    alter("ALTER TABLE users ALTER COLUMN name TYPE varchar(40), ADD COLUMN tier varchar")

    _, report = json_report()

    assert set(report) == {"ok", "differences", "notes"}
    (difference,) = report["differences"]
    assert difference.pop("hint")
    assert difference == {
        "table": "users",
        "column": "name",
        "kind": "length",
        "expected": "character varying(50)",
        "found": "character varying(40)",
    }
    (tier,) = [note for note in report["notes"] if note["kind"] == "extra_column"]
    assert (tier["expected"], tier["found"]) == ("", "character varying null")


def test_the_table_names_every_difference_and_note(alter: Alter) -> None:
    alter("ALTER TABLE users ALTER COLUMN name TYPE varchar(40), ADD COLUMN tier varchar, ADD COLUMN rank varchar")
    stdout = io.StringIO()

    with pytest.raises(SystemExit):
        call_command("check_schema", stdout=stdout)

    lines = [line.split() for line in stdout.getvalue().splitlines()]
    assert ["length", "users", "character", "varying(50)", "character", "varying(40)", "name"] in lines
    assert ["extra_column", "users", "–", "character", "varying", "null", "tier,", "rank"] in lines


def test_an_unreachable_database_is_exit_code_2(django_db_blocker: Any) -> None:
    database = SharedDatabase("no_such_database")
    with django_db_blocker.unblock(), database.as_default(), pytest.raises(CommandError) as stopped:
        call_command("check_schema")

    assert stopped.value.returncode == 2
    assert "no_such_database" in str(stopped.value)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], 0), (["--json"], 0), (["--database", "nowhere"], 2), (["--no-such-option"], 2)],
)
def test_the_process_ends_with_the_code_that_schedulers_read(arguments: list[str], code: int) -> None:
    assert live_database(aware=False).manage("check_schema", *arguments).returncode == code


def test_the_process_ends_with_1_on_a_difference_and_prints_nothing_but_json() -> None:
    result = create_database().manage("check_schema", "--json")

    assert result.returncode == 1
    assert "missing_table" in {finding["kind"] for finding in json.loads(result.stdout)["differences"]}
    assert result.stderr == ""


def test_the_process_ends_with_2_and_no_traceback_where_there_is_no_database() -> None:
    result = SharedDatabase("no_such_database").manage("check_schema", "--json")

    assert (result.returncode, result.stdout) == (2, "")
    assert "no_such_database" in result.stderr
    assert "Traceback" not in result.stderr
