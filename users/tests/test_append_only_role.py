"""As the application's own role, over a connection of its own: what is written once is changed by no statement."""

from collections.abc import Iterator
from itertools import product

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from users.models import Explanation, Inspection, SubscriptionSettlement, UserAccessAudit
from users.tests.recording import recorded

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = (
    "user_access_audits",
    "console_inspections",
    "console_inspection_explanations",
    "console_introduction_ledger",
    "console_subscription_settlements",
)
# By a trigger, or already since the role was never granted it.
REFUSED = "append only|permission denied"
STATEMENTS = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE")


@pytest.fixture
def rows(manager) -> None:
    """A row in each table: what fires for each row would let an empty table be emptied."""
    who = {"actor_id": manager.pk, "actor_name": manager.name}
    recorded("view", by=manager, at="2026-10-15 10:00")
    Inspection(month="2026-10", rows=1, findings=[], **who).save()
    Explanation(month="2026-10", finding="x", note="x", **who).save()
    settled = {"canceled_at": "2026-10-15T00:00Z", "fault": "member", "settled_krw": 1}
    SubscriptionSettlement(subscription_id="sub_x", **settled).save()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO console_introduction_ledger"
            " (id, subscription_id, position, kind, delta, used_after, created_at)"
            " VALUES ('led_x', 'sub_x', 1, 'opened', 0, 0, now())"
        )


@pytest.fixture
def application(rows) -> Iterator[psycopg.Connection]:
    """A session as the console's, outside of Django."""
    database = settings.DATABASES["default"]
    with psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
        autocommit=True,
    ) as session:
        yield session


def test_the_role_is_no_superuser(application):
    answer = application.execute("SELECT rolsuper OR rolbypassrls OR rolreplication FROM pg_roles WHERE rolname = user")
    assert answer.fetchone() == (False,)


def test_what_is_kept_is_neither_changed_nor_deleted(application):
    for table, statement in product(KEPT, STATEMENTS):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=REFUSED):
            application.execute(statement.format(table))
        assert application.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,), table  # noqa: S608


def test_no_session_of_the_role_goes_past_the_triggers(application):
    """`session_replication_role` silences triggers, for superusers alone."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="session_replication_role"):
        application.execute("SET session_replication_role = replica")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=REFUSED):
        application.execute("DELETE FROM user_access_audits")


def test_a_clock_that_is_put_forward_lets_nothing_go(application):
    """The database asks its server's clock, which no session moves; what a statement takes the time for is nothing."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(
            "WITH later AS (SELECT now() + interval '9 years' AS now) DELETE FROM user_access_audits USING later"
            " WHERE created_at < later.now"
        )
    assert UserAccessAudit.objects.count() == 1


def test_a_row_is_not_written_over_by_another(application):
    copy = "INSERT INTO user_access_audits SELECT * FROM user_access_audits ON CONFLICT (id) DO "
    assert application.execute(f"{copy} NOTHING").rowcount == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(f"{copy} UPDATE SET reason = 'x'")
