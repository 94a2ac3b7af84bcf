"""How the observer looks at nodes that hang, or refuse to be looked at."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from ygs_admin.db.replication.choosing import choose
from ygs_admin.db.replication.health import ReplicaHealth
from ygs_admin.db.replication.observer import SILENT, Observer, _Node, connect, observer
from ygs_admin.demo.cluster import Cluster

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture(autouse=True)
def impatient(settings) -> None:
    settings.REPLICA_CHECK_TIMEOUT = 1


def test_a_look_waits_for_no_more_than_its_time(cluster: Cluster) -> None:
    connection = connect("replica")
    begun = time.monotonic()
    with cluster.standby.hanging(), pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
    assert time.monotonic() - begun < 5
    assert connection.closed


def test_a_look_that_has_no_answer_yet_tells_as_much_as_one_that_had_none(cluster: Cluster, settings) -> None:
    settings.REPLICA_CHECK_TIMEOUT = 2
    looking = Observer()
    looking._process = os.getpid()
    node = _Node(looking, "replica")
    node.look()
    with cluster.standby.hanging(), ThreadPoolExecutor(1) as beside:
        assert not looking.hangs("replica")
        look = beside.submit(node.look)
        while not looking.hangs("replica"):
            assert not look.done()
            time.sleep(0.02)
        assert looking.replicas["replica"].problem != SILENT
        look.result()
        assert looking.hangs("replica")
    node.look()
    node.close()
    assert not looking.hangs("replica")


def test_one_that_refuses_connections_is_silent_and_is_tried_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(alias: str) -> None:
        raise psycopg.OperationalError("connection refused")

    looking = Observer()
    looking._process = os.getpid()
    monkeypatch.setattr("ygs_admin.db.replication.observer.connect", refuse)
    looking.look_now()
    assert looking.is_silent("replica")
    assert not looking.hangs("replica")


def test_who_hangs_holds_up_nobody_who_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A first look that takes for ever: the choice waits for a moment, and falls on the primary."""
    slow = Observer()
    monkeypatch.setattr("ygs_admin.db.replication.observer._Node.look", lambda _node: time.sleep(1.5))
    monkeypatch.setattr("ygs_admin.db.replication.choosing.observer", slow)
    assert choose().alias == "default"
    slow.stop()


def test_the_first_look_of_a_process_at_a_replica_says_how_far_it_is_behind(
    until_replica: Callable[..., ReplicaHealth], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The primary is looked at before: without that nobody can tell."""
    observer.stop()
    monkeypatch.setattr("ygs_admin.db.replication.observer.FIRST_LOOK_SECONDS", 20.0)
    noted: list[ReplicaHealth] = []
    note_primary, note_replica = observer.note_primary, observer.note_replica
    monkeypatch.setattr(observer, "note_primary", lambda health: (time.sleep(0.2), note_primary(health)))
    monkeypatch.setattr(
        observer, "note_replica", lambda alias, health: (noted.append(health), note_replica(alias, health))
    )
    until_replica()
    assert noted[0].problem == ""


def test_a_wrong_password_is_a_node_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(alias: str) -> None:
        raise psycopg.OperationalError("password authentication failed")

    looking = Observer()
    monkeypatch.setattr("ygs_admin.db.replication.observer.connect", refuse)
    looking.look_now()
    assert looking.replicas["replica"].problem == "does not answer"
    assert looking.primary.position is None
