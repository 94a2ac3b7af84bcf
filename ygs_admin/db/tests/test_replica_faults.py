"""What a person sees when the replica fails: cases 18 to 23 and 26, on a real standby."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connections
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.db.postgresql.base import DatabaseWrapper
from ygs_admin.db.replication.breaker import FIRST_PAUSE, State
from ygs_admin.db.replication.choosing import breaker_of
from ygs_admin.db.replication.health import ReplicaHealth
from ygs_admin.db.replication.observer import observer
from ygs_admin.db.tests import pages
from ygs_admin.demo.cluster import Cluster
from ygs_admin.demo.node import IMMEDIATE_STOP

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "replica"]),
    pytest.mark.urls("ygs_admin.db.tests.pages"),
]
SECONDS = 30.0
UntilReplica = Callable[..., ReplicaHealth]


@pytest.fixture
def member(make_member: Callable[..., User], cluster: Cluster, until_replica: UntilReplica) -> User:
    made = make_member(name="김철수")
    cluster.wait_until_caught_up()
    until_replica()
    return made


@pytest.fixture
def standby(cluster: Cluster, until_replica: UntilReplica) -> Iterator[Cluster]:
    """The cluster; whatever the test does to its standby is put right afterwards."""
    yield cluster
    cluster.start_standby()
    connections["replica"].close()
    until_replica()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def where(member: User) -> str:
    response = Client().get(reverse("where", args=[member.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_killed_in_the_middle_of_a_request_the_page_comes_from_the_primary(
    member: User, standby: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[str] = []

    def kill_once() -> None:
        if not served:
            standby.standby.stop(IMMEDIATE_STOP)
        served.append("once more")

    monkeypatch.setattr(pages, "in_the_middle", kill_once)
    response = Client().get(reverse("long", args=[member.pk]))
    assert (response.status_code, response.content.decode()) == (200, "default default")
    assert served == ["once more"] * 2


def test_a_post_is_never_run_twice(member: User, standby: Cluster) -> None:
    standby.standby.stop(IMMEDIATE_STOP)
    response = Client().post(reverse("rename", args=[member.pk]), {"name": "김영희"})
    assert response.status_code == 302
    assert User.objects.get(pk=member.pk).name == "김영희"


def test_dead_at_the_start_the_first_page_is_there_and_the_next_ones_too(
    member: User, standby: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No request so much as tries to connect to it."""
    standby.standby.stop(IMMEDIATE_STOP)
    observer.stop()
    connections["replica"].close()
    tried: list[str] = []
    connect = DatabaseWrapper.get_new_connection

    def connect_and_tell(wrapper: DatabaseWrapper, parameters: Any) -> Any:
        tried.append(wrapper.alias)
        return connect(wrapper, parameters)

    monkeypatch.setattr(DatabaseWrapper, "get_new_connection", connect_and_tell)
    assert [where(member) for _ in range(3)] == ["default"] * 3
    assert "replica" not in tried


def test_back_again_one_request_tries_it_and_then_all_use_it_without_a_restart_of_the_console(
    member: User, standby: Cluster, until_replica: UntilReplica
) -> None:
    breaker = breaker_of("replica")
    assert where(member) == "replica"
    standby.standby.stop(IMMEDIATE_STOP)
    assert where(member) == "default"
    # The request may have met with it before the observer, or the other way round.
    breaker.fail()
    until_replica(is_usable=False)
    assert where(member) == "default"
    standby.start_standby()
    until_replica()
    until(lambda: breaker.state is State.HALF_OPEN)
    assert where(member) == "replica"
    assert breaker.state is State.CLOSED
    assert [where(member) for _ in range(5)] == ["replica"] * 5


def test_a_breaker_that_is_open_keeps_requests_away(member: User) -> None:
    breaker = breaker_of("replica")
    breaker.fail()
    assert where(member) == "default"
    time.sleep(FIRST_PAUSE)
    assert where(member) == "replica"
    assert breaker.state is State.CLOSED


def test_a_page_that_reads_nothing_of_the_replica_does_not_say_that_it_is_well(member: User) -> None:
    breaker = breaker_of("replica")
    breaker.fail()
    time.sleep(FIRST_PAUSE)
    assert Client().get("/healthz").status_code == 200
    assert breaker.state is not State.CLOSED


def test_without_a_receiver_it_is_known_to_lag_though_it_has_replayed_all_it_received(
    member: User, standby: Cluster, until_replica: UntilReplica
) -> None:
    standby.detach_receiver()
    assert until_replica(is_usable=False).problem == "no receiver"
    assert where(member) == "default"
    standby.attach_receiver()
    until_replica()
    assert where(member) == "replica"


def test_an_idle_primary_makes_no_lag(member: User, cluster: Cluster, until_replica: UntilReplica, settings) -> None:
    """PostgreSQL's own time of the last replayed transaction grows all the while."""
    settings.REPLICA_MAX_LAG_SECONDS = 0.5
    cluster.wait_until_caught_up()
    time.sleep(1.5)
    asked = "SELECT now() - pg_last_xact_replay_timestamp() > interval '1 second'"
    assert cluster.standby.ask(asked)
    assert until_replica().lag_seconds == 0


def test_a_standby_that_stands_still_while_the_primary_writes_is_left_alone(
    member: User, cluster: Cluster, until_replica: UntilReplica, settings
) -> None:
    settings.REPLICA_MAX_LAG_SECONDS = 0.5
    with cluster.replay_paused():
        User.objects.filter(pk=member.pk).update(name="김영희")
        health = until_replica(is_usable=False)
        assert health.problem == "lagging"
        assert health.lag_bytes
        assert where(member) == "default"
    until_replica()


def test_so_is_one_that_is_too_many_bytes_behind(
    member: User, cluster: Cluster, until_replica: UntilReplica, settings
) -> None:
    settings.REPLICA_MAX_LAG_BYTES = 0
    with cluster.replay_paused():
        User.objects.filter(pk=member.pk).update(name="김영희")
        assert until_replica(is_usable=False).problem == "lagging"
    until_replica()


@pytest.fixture
def impatient_replay(cluster: Cluster) -> Iterator[None]:
    """Replay waits for no reader."""
    cluster.standby.alter("max_standby_streaming_delay", "0")
    yield
    cluster.standby.alter("max_standby_streaming_delay", None)


@pytest.mark.usefixtures("impatient_replay")
def test_a_query_that_replay_cancels_is_answered_by_the_primary(
    member: User, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recovery conflict: the primary has locked the table that the replica reads, and replay has to go on."""
    raised: list[Any] = []

    def conflict() -> None:
        if raised:
            return
        locking = threading.Timer(0.3, lock_members, [cluster])
        locking.start()
        try:
            with connections["replica"].cursor() as cursor:
                cursor.execute("SELECT count(pg_sleep(30)) FROM users")
        except OperationalError as error:
            raised.append(error.__cause__)
            raise
        finally:
            locking.join()

    monkeypatch.setattr(pages, "in_the_middle", conflict)
    response = Client().get(reverse("long", args=[member.pk]))
    assert response.content.decode() == "default default"
    assert [error.sqlstate for error in raised] == ["40001"]
    assert breaker_of("replica").state is State.CLOSED
    assert where(member) == "replica"


def lock_members(cluster: Cluster) -> None:
    with cluster.primary.connect(connections["default"].settings_dict["NAME"]) as connection, connection.transaction():
        connection.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE")


def test_an_error_of_the_page_s_own_is_no_failure_of_the_replica(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        with connections["replica"].cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    monkeypatch.setattr(pages, "in_the_middle", fail)
    response = Client(raise_request_exception=False).get(reverse("long", args=[member.pk]))
    assert response.status_code == 500
    assert breaker_of("replica").state.value == "closed"


def test_nothing_can_be_written_through_the_replicas_alias_even_once_it_is_promoted(member: User) -> None:
    with connections["replica"].cursor() as cursor:
        cursor.execute("SHOW default_transaction_read_only")
        assert cursor.fetchone() == ("on",)
        with pytest.raises(DatabaseError):
            cursor.execute("DELETE FROM users")
