"""Nothing of one session is left to the next that PgBouncer runs on the same connection, and nobody misses anything."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.db.replication.breaker import State
from ygs_admin.db.replication.choosing import breaker_of
from ygs_admin.db.tests.pooled import behind, settings_with
from ygs_admin.demo.cluster import Cluster
from ygs_admin.demo.ports import LOCALHOST
from ygs_admin.testing.pgbouncer import REPLICA, PgBouncer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
ASKED = "SELECT pg_backend_pid(), current_setting('TimeZone'), current_setting('work_mem')"
TIMES = 10


@pytest.fixture
def narrow(pgbouncer: PgBouncer) -> Iterator[PgBouncer]:
    """One connection to each node serves everybody."""
    pgbouncer.configure(pgbouncer={"default_pool_size": "1"})
    pgbouncer.ask("RELOAD")
    with behind(pgbouncer):
        yield pgbouncer


@pytest.fixture
def backend(narrow: PgBouncer) -> Iterator["psycopg.Connection[Any]"]:
    """The service's backend, which comes in by the same pool and lives in Seoul."""
    with psycopg.connect(narrow.environment["DATABASE_URL"], autocommit=True, prepare_threshold=None) as other:
        other.execute("SET TIME ZONE 'Asia/Seoul'")
        yield other


def asked() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def test_each_has_its_own_time_zone_on_one_and_the_same_connection(backend: "psycopg.Connection[Any]") -> None:
    for _ in range(TIMES):
        ours, theirs = asked(), backend.execute(ASKED).fetchone()
        assert theirs is not None
        assert ours[0] == theirs[0]
        assert (ours[1], theirs[1]) == ("UTC", "Asia/Seoul")


def test_what_a_transaction_sets_ends_with_it(backend: "psycopg.Connection[Any]") -> None:
    before = backend.execute(ASKED).fetchone()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem TO '64MB'; SET LOCAL timezone TO 'Asia/Tokyo'")
        assert asked()[1:] == ("Asia/Tokyo", "64MB")
    assert backend.execute(ASKED).fetchone() == before
    assert asked()[1] == "UTC"


def test_a_long_list_is_read_while_others_work_on_the_same_connection(
    make_member: Callable[..., User], backend: "psycopg.Connection[Any]"
) -> None:
    made = {make_member().pk for _ in range(TIMES)}
    read = set()
    for member in User.objects.iterator(chunk_size=2):
        read.add(member.pk)
        assert backend.execute("SELECT 1").fetchone() == (1,)
    assert read == made


class TestReadOnly:
    """Case 26: the replica's alias points at a node that was promoted."""

    @pytest.fixture
    def promoted(self, pgbouncer: PgBouncer, cluster: Cluster) -> dict[str, str]:
        """Return PgBouncer's line of the replica, leading to the primary, without what makes it read-only."""
        return {REPLICA: f"host={LOCALHOST} port={cluster.primary.port} dbname={pgbouncer.database}"}

    def test_it_refuses_writes_which_go_on_elsewhere(
        self, pgbouncer: PgBouncer, promoted: dict[str, str], make_member: Callable[..., User]
    ) -> None:
        make_member()
        guard = "connect_query='SET default_transaction_read_only TO on'"
        pgbouncer.configure(databases={REPLICA: f"{promoted[REPLICA]} {guard}"})
        pgbouncer.ask("RELOAD")
        with behind(pgbouncer):
            for _ in range(TIMES):
                with connections["replica"].cursor() as cursor, pytest.raises(DatabaseError, match="read-only"):
                    cursor.execute("DELETE FROM users")
                assert User.objects.update(name="바뀐이름") == 1

    def test_sessions_that_would_write_are_not_used(self, pgbouncer: PgBouncer, promoted: dict[str, str]) -> None:
        pgbouncer.configure(databases=promoted)
        pgbouncer.ask("RELOAD")
        with behind(pgbouncer):
            for _ in range(2):
                with pytest.raises(OperationalError, match="connect_query"):
                    connections["replica"].ensure_connection()
            assert breaker_of("replica").state is State.OPEN

    def test_pages_then_come_from_the_primary(
        self, pgbouncer: PgBouncer, cluster: Cluster, make_member: Callable[..., User], manager, until_replica
    ) -> None:
        member = make_member(name="김철수")
        cluster.wait_until_caught_up()
        standby = f"host={LOCALHOST} port={cluster.standby.port} dbname={pgbouncer.database}"
        pgbouncer.configure(databases={REPLICA: standby})
        pgbouncer.ask("RELOAD")
        client = Client()
        with behind(pgbouncer):
            client.force_login(manager)
            until_replica()
            page = client.get(reverse("users:detail", args=[member.pk]))
        assert (page.status_code, "김철수" in page.text) == (200, True)


@pytest.mark.parametrize("changes", [{"DATABASE_POOLER": "session"}, {"DATABASE_POOL": "1"}])
def test_what_makes_no_sense_is_refused_at_the_start(pgbouncer: PgBouncer, changes: dict[str, str]) -> None:
    refused = settings_with(pgbouncer.environment | changes)
    assert refused.returncode != 0
    assert "ImproperlyConfigured: DATABASE_POOL" in refused.stderr
