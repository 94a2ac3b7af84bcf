"""Nodes that take connections and statements and answer none, as a machine that is out of memory or cut off does."""

import os
import threading
import time
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import OperationalError, connections
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.db.postgresql import base
from ygs_admin.db.postgresql.patience import within
from ygs_admin.db.replication.observer import connect, observer
from ygs_admin.db.tests import pages
from ygs_admin.demo.cluster import Cluster

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "replica"]),
    pytest.mark.urls("ygs_admin.db.tests.pages"),
]
SECONDS = 20.0


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


def test_once_it_is_known_to_hang_pages_do_not_wait_and_it_is_used_again_afterwards(
    member: User, cluster: Cluster, until_replica
) -> None:
    with cluster.standby.hanging():
        until(lambda: observer.is_silent("replica"))
        until_replica(is_usable=False)
        begun = time.monotonic()
        assert [where(member) for _ in range(5)] == ["default"] * 5
        assert time.monotonic() - begun < 2
    until_replica()
    assert where(member) == "replica"


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


def test_a_look_waits_for_no_more_than_its_time(cluster: Cluster) -> None:
    connection = connect("replica")
    begun = time.monotonic()
    with cluster.standby.hanging(), pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    assert time.monotonic() - begun < 5
    assert connection.closed


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
