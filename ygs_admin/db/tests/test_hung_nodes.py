"""Nodes that take connections and statements and answer none, as a machine that is out of memory or cut off does."""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, close_old_connections, connections
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.db.postgresql import base
from ygs_admin.db.postgresql.patience import within
from ygs_admin.db.replication.observer import observer
from ygs_admin.db.tests import pages
from ygs_admin.demo.cluster import Cluster
from ygs_admin.testing.personas import make_staff

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "replica"]),
    pytest.mark.urls("ygs_admin.db.tests.pages"),
]
SECONDS = 20.0
Waits = Counter[str]


@pytest.fixture(autouse=True)
def impatient(settings) -> None:
    settings.REPLICA_CHECK_SECONDS, settings.REPLICA_CHECK_TIMEOUT = 0.2, 1


@pytest.fixture
def member(make_member: Callable[..., User], cluster: Cluster, until_replica) -> Iterator[User]:
    observer.stop()
    made = make_member(name="김철수")
    cluster.wait_until_caught_up()
    until_replica()
    yield made
    connections["replica"].close()
    connections["default"].close()
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


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> Waits:
    """Count by alias how often requests waited in vain: for a statement, or for a connection."""
    counted: Waits = Counter()
    connect, worth = base.DatabaseWrapper.get_new_connection, base.DatabaseWrapper._is_worth_waiting_for

    def connect_or_count(wrapper: Any, parameters: Any) -> Any:
        try:
            return connect(wrapper, parameters)
        except psycopg.errors.ConnectionTimeout:
            counted[wrapper.alias] += 1
            raise

    def wait_or_count(wrapper: Any, waited: float) -> bool:
        goes_on = worth(wrapper, waited)
        counted[wrapper.alias] += not goes_on
        return goes_on

    monkeypatch.setattr(base.DatabaseWrapper, "get_new_connection", connect_or_count)
    monkeypatch.setattr(base.DatabaseWrapper, "_is_worth_waiting_for", wait_or_count)
    connections.close_all()
    return counted


def where_in_thread(member: User) -> str:
    try:
        return where(member)
    finally:
        connections.close_all()


def test_a_standby_that_hangs_under_a_page_is_given_up_for_the_primary(
    member: User, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = cluster.standby.hanging()
    served: list[str] = []

    def hang_once() -> None:
        if not served:
            hanging.__enter__()
        served.append("once more")

    monkeypatch.setattr(pages, "in_the_middle", hang_once)
    begun = time.monotonic()
    try:
        response = Client().get(reverse("long", args=[member.pk]))
    finally:
        hanging.__exit__(None, None, None)
    assert (response.status_code, response.content.decode()) == (200, "default default")
    assert time.monotonic() - begun < SECONDS


def test_a_request_waits_once_for_one_that_has_just_begun_to_hang_and_the_next_ones_do_not(
    member: User, cluster: Cluster, waits: Waits
) -> None:
    """Neither for a statement nor, in place of the connection that has failed, for another one."""
    assert where(member) == "replica"
    with cluster.standby.hanging():
        assert where(member) == "default"
        assert waits == {"replica": 1}
        assert [where(member) for _ in range(5)] == ["default"] * 5
        assert waits == {"replica": 1}


def test_so_does_one_that_has_no_connection_yet(member: User, cluster: Cluster, waits: Waits) -> None:
    connections["replica"].close()
    with cluster.standby.hanging():
        assert [where(member) for _ in range(5)] == ["default"] * 5
        assert waits == {"replica": 1}


def test_so_does_one_that_carries_a_token(member: User, cluster: Cluster, waits: Waits) -> None:
    client = Client()
    client.post(reverse("rename", args=[member.pk]), {"name": "김영희"})
    with cluster.standby.hanging():
        assert client.get(reverse("show", args=[member.pk])).content.decode() == "김영희"
        assert waits == {"replica": 1}


def test_requests_at_the_same_moment_wait_once_each(member: User, cluster: Cluster, waits: Waits) -> None:
    with cluster.standby.hanging(), ThreadPoolExecutor(4) as tabs:
        assert list(tabs.map(where_in_thread, [member] * 4)) == ["default"] * 4
        assert waits["replica"] <= 4
        assert list(tabs.map(where_in_thread, [member] * 20)) == ["default"] * 20
        assert waits["replica"] <= 4


def test_once_it_is_known_to_hang_nobody_waits_and_it_is_used_again_afterwards(
    member: User, cluster: Cluster, until_replica, waits: Waits
) -> None:
    with cluster.standby.hanging():
        until(lambda: observer.hangs("replica"))
        assert [where(member) for _ in range(5)] == ["default"] * 5
    assert not waits
    until_replica()
    assert where(member) == "replica"


@pytest.mark.urls("ygs_admin.urls")
def test_a_primary_that_hangs_under_a_page_is_waited_for_once_and_then_by_nobody(
    member: User, cluster: Cluster, until_replica, waits: Waits
) -> None:
    client, suspend = Client(raise_request_exception=False), reverse("users:suspend", args=[member.pk])
    client.force_login(make_staff("superuser", is_superuser=True))
    client.get("/users/")
    cluster.wait_until_caught_up()
    with cluster.primary.hanging():
        page = client.get("/users/")
        assert page.status_code == 200
        assert "지금은 데이터베이스를 읽을 수만 있습니다" in page.text
        assert waits == {"default": 1}
        assert [client.get("/users/").status_code for _ in range(3)] == [200] * 3
        close_old_connections()  # as each request's beginning does outside of tests
        refused = client.post(suspend, {"reason": "첫째 줄", "version": ""})
        assert (refused.status_code, waits) == (503, {"default": 1})
        assert f'action="{suspend}"' in refused.text
        assert "첫째 줄" in refused.text
    until(lambda: not observer.primary_is_down())
    until_replica()
    close_old_connections()
    assert client.post(suspend, {"reason": "첫째 줄", "version": ""}).status_code == 302
    assert User.objects.get(pk=member.pk).status == "suspended"


def test_a_statement_on_a_node_that_answers_others_may_take_its_time(
    member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.1)
    with connections["replica"].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_sleep(1)")
        assert cursor.fetchone() == (1,)


def test_one_on_a_node_that_answers_nobody_fails_and_its_connection_is_closed(
    member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.1)
    with connections["replica"].cursor() as cursor:
        monkeypatch.setattr(observer, "is_silent", lambda _alias: True)
        with pytest.raises(OperationalError, match="does not answer"):
            cursor.execute("SELECT pg_sleep(5)")
    assert connections["replica"].connection is None


def test_what_is_answered_in_time_is_not_disturbed(cluster: Cluster) -> None:
    with within(cluster.primary.connect(), lambda waited: waited < 5) as connection:
        assert connection.execute("SELECT count(*) FROM generate_series(1, 100000)").fetchone() == (100000,)
        with pytest.raises(psycopg.errors.DivisionByZero):
            connection.execute("SELECT 1 / 0")


def test_a_look_whose_connection_was_cut_looks_again_before_it_says_that_the_node_is_gone(
    member: User, cluster: Cluster
) -> None:
    notes = []
    note, observer.note_primary = observer.note_primary, notes.append
    try:
        cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE %s"
        assert cluster.primary.ask(cut, "%SELECT NOT pg_is_in_recovery()%") >= 1
        until(lambda: len(notes) >= 5)
    finally:
        observer.note_primary = note
    assert all(health.position for health in notes)


def test_a_process_that_forks_looks_for_itself(member: User) -> None:
    """As a web server does that loads the console before it forks."""
    assert observer.health()["replica"].is_usable
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        until(lambda: observer.health()["replica"].is_usable)
        names = sorted(thread.name for thread in threading.enumerate() if thread.name.startswith("observer"))
        os.write(writing, f"{observer.health()['replica'].is_usable} {' '.join(names)}".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        assert told.read() == "True observer-default observer-replica"
    os.waitpid(child, 0)
