"""Nobody is in two consultations at once, whoever writes the table and over time columns of either type."""

import threading
from datetime import timedelta

import psycopg
import pytest
from psycopg.errors import ExclusionViolation, InvalidTransactionState
from sqlalchemy.exc import IntegrityError

from users.tests.backend import queries
from users.tests.backend.matching_models import ConsultSchedule
from users.tests.backend.rows import MOMENT
from users.tests.both_sides import console_row, written_user
from ygs_admin.db.ids import new_id

BOOK = """
    INSERT INTO consult_schedules
        (id, user_id, consultant_id, scheduled_at, duration_minutes, channel, status, created_at, deleted_at)
    VALUES (%s, %s, %s, %s, 30, 'phone', %s, now(), %s)
"""
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def consultant():
    return new_id("stf")


@pytest.fixture
def written(backend, consultant):
    """Return a function that has the backend write a consultation, by default of a member of its own."""

    def write(minutes=0, **columns):
        columns = {"consultant_id": consultant, "channel": "phone", "duration_minutes": 30} | columns
        user_id = columns.pop("user_id", None) or written_user(backend).id
        row = ConsultSchedule(user_id=user_id, scheduled_at=MOMENT + timedelta(minutes=minutes), **columns)
        return backend.write(queries.create, row)

    return write


def sql(backend, statement, *values, **options):
    with psycopg.connect(backend.url, **options) as connection:
        return connection.execute(statement, values).rowcount


@pytest.mark.parametrize("minutes", [-29, 0, 10, 29])
def test_the_backend_books_no_consultant_twice(written, minutes):
    written()
    with pytest.raises(IntegrityError, match="scheduled already"):
        written(minutes)


def test_nor_a_member(backend, written):
    user = written_user(backend)
    written(user_id=user.id)
    with pytest.raises(IntegrityError, match="scheduled already"):
        written(15, user_id=user.id, consultant_id=new_id("stf"))


@pytest.mark.parametrize("minutes", [-30, 30])
def test_one_after_the_other_it_does(written, minutes):
    written()
    written(minutes)


def test_a_long_one_reaches_further(written):
    written(-120, duration_minutes=121)
    with pytest.raises(IntegrityError):
        written()


@pytest.mark.parametrize("columns", [{"status": "canceled"}, {"status": "no_show"}, {"deleted_at": MOMENT}])
def test_what_takes_no_time_is_no_obstacle_and_has_none(written, columns):
    written()
    written(10, **columns)
    written(40)
    written(45, **columns)


@pytest.mark.parametrize("column", ["scheduled_at", "consultant_id", "duration_minutes", "status", "deleted_at"])
def test_no_change_brings_two_together(backend, written, consultant, column):
    written()
    apart = {
        "scheduled_at": {"minutes": 60},
        "consultant_id": {"consultant_id": new_id("stf")},
        "duration_minutes": {"minutes": -60},
        "status": {"status": "canceled"},
        "deleted_at": {"deleted_at": MOMENT},
    }
    row = written(**apart[column])
    together = {
        "scheduled_at": MOMENT,
        "consultant_id": consultant,
        "duration_minutes": 61,
        "status": "scheduled",
        "deleted_at": None,
    }
    with pytest.raises(ExclusionViolation) as refused:
        sql(
            backend,
            f"UPDATE consult_schedules SET {column} = %s WHERE id = %s",  # noqa: S608 - one of ours
            together[column],
            row.id,
            options="-c timezone=UTC",
        )
    assert refused.value.diag.constraint_name == "console_consultant_once"


def test_the_sessions_time_zone_makes_no_difference(backend, written, consultant):
    """A naive column takes what is written as it stands, an aware one converts it: the minutes between are the same."""
    first = written()
    with pytest.raises(ExclusionViolation):
        sql(
            backend,
            "UPDATE consult_schedules SET scheduled_at = scheduled_at + interval '1 day 10 minutes' WHERE id = %s",
            written(-24 * 60).id,
            options="-c timezone=America/New_York",
        )
    assert console_row(first).status == "scheduled"


class TestRowsThatOverlapAlready:
    @pytest.fixture
    def overlapping(self, backend, consultant):
        """Two that were written before there was a trigger."""
        users = {new_id("cs"): written_user(backend).id for _ in range(2)}
        with psycopg.connect(backend.url, options="-c timezone=UTC") as connection:
            connection.execute("ALTER TABLE consult_schedules DISABLE TRIGGER console_consultations_once")
            for key, user_id in users.items():
                connection.execute(BOOK, (key, user_id, consultant, MOMENT, "scheduled", None))
            connection.execute("ALTER TABLE consult_schedules ENABLE TRIGGER console_consultations_once")
        return list(users)

    def test_they_are_described_and_concluded(self, backend, overlapping):
        first, second = overlapping
        assert sql(backend, "UPDATE consult_schedules SET memo = 'x', duration_minutes = 30 WHERE id = %s", first)
        assert sql(backend, "UPDATE consult_schedules SET status = 'completed' WHERE id = %s", second)

    def test_they_are_moved_apart_and_not_onto_each_other(self, backend, overlapping):
        later = "UPDATE consult_schedules SET scheduled_at = scheduled_at + %s WHERE id = %s"
        with pytest.raises(ExclusionViolation):
            sql(backend, later, timedelta(minutes=10), overlapping[0])
        assert sql(backend, later, HALF_AN_HOUR, overlapping[0])


def test_a_transaction_that_reads_what_was_is_refused(backend, consultant):
    """It would not see what others have booked since it began."""
    user = written_user(backend)
    with psycopg.connect(backend.url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(InvalidTransactionState):
            connection.execute(BOOK, (new_id("cs"), user.id, consultant, MOMENT, "scheduled", None))
        connection.rollback()
        connection.execute(BOOK, (new_id("cs"), user.id, consultant, MOMENT, "completed", None))


@pytest.mark.parametrize(("ending", "is_booked"), [("commit", False), ("rollback", True)])
def test_the_second_waits_for_the_first(backend, consultant, ending, is_booked):
    users = [written_user(backend) for _ in range(2)]
    outcome = []

    def second():
        try:
            sql(backend, BOOK, new_id("cs"), users[1].id, consultant, MOMENT, "scheduled", None)
            outcome.append(True)
        except ExclusionViolation:
            outcome.append(False)

    with psycopg.connect(backend.url) as first:
        first.execute(BOOK, (new_id("cs"), users[0].id, consultant, MOMENT, "scheduled", None))
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(timeout=0.3)
        assert outcome == []
        getattr(first, ending)()
        thread.join(timeout=10)
    assert outcome == [is_booked]
