"""Nodes of their own for tests of routing: a second replica, and a pair in which the standby may be promoted."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from ygs_admin.db.replication.observer import observer
from ygs_admin.demo import placement
from ygs_admin.demo.cluster import DISPOSABLE, Cluster

SECOND = "replica_2"
SECONDS = 10.0


@contextmanager
def alias_of(alias: str, **changes: Any) -> Iterator[None]:
    """Let a database alias mean another address inside the block, in every thread."""
    like = "replica" if alias == SECOND else alias
    outer, known = settings.DATABASES.get(alias), connections[like]
    observer.stop()
    inner = known.copy(alias)
    inner.settings_dict.update(changes)
    settings.DATABASES[alias] = inner.settings_dict
    connections[alias] = inner
    try:
        yield
    finally:
        observer.stop()
        inner.close()
        if outer is None:
            del settings.DATABASES[alias]
            del connections[alias]
        else:
            settings.DATABASES[alias] = outer
            connections[alias] = known
        _look_at_all()


def _look_at_all() -> None:
    """Wait until the console knows again how the run's own nodes are."""
    deadline = time.monotonic() + SECONDS
    while not all(health.is_usable for health in observer.health().values()) and time.monotonic() < deadline:
        time.sleep(0.05)


@contextmanager
def copied(cluster: Cluster, slot: str) -> Iterator[Cluster]:
    """Return two nodes of which the first is a fresh copy of the cluster's primary, not started; both end with this."""
    with tempfile.TemporaryDirectory(prefix="ygs-nodes-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        own = Cluster.at(folder / "postgres", folder, cluster.primary.password, cluster.password, conditions=DISPOSABLE)
        cluster.primary.ask("SELECT pg_create_physical_replication_slot(%s, true)", slot)
        try:
            own.primary.copy_of(cluster.primary, slot)
            yield own
        finally:
            own.stop()
            cluster.primary.ask("SELECT pg_drop_replication_slot(%s)", slot)
            placement.remove(folder / "postgres")


@pytest.fixture(scope="module")
def second_replica(django_db_setup: None, cluster: Cluster) -> Iterator[Cluster]:
    """Another standby of the run's primary, which the console knows as `replica_2`; the node is `standby` of this.

    For a whole module, which uses it: an alias has to be known before a test may be allowed to use it.
    """
    with copied(cluster, SECOND) as own:
        second = Cluster(cluster.primary, own.primary, cluster.password)
        upstream = f"{cluster.primary.conninfo('replication')} application_name={SECOND}"
        own.primary.conditions = own.primary.conditions | {
            "primary_conninfo": upstream,
            "primary_slot_name": SECOND,
        }
        own.primary.start()
        second.wait_until_streaming()
        with alias_of(SECOND, PORT=str(own.primary.port)):
            yield second
        own.primary.stop()


@pytest.fixture
def own_pair(transactional_db: None, cluster: Cluster) -> Iterator[Cluster]:
    """A primary and its standby with all that the run's have; the console knows each by the addresses of both."""
    with copied(cluster, "copy") as own:
        own.primary.start()
        own.primary.promote()
        own.start_standby()
        ports = f"{own.primary.port},{own.standby.port}"
        options = [
            settings.DATABASES[alias]["OPTIONS"] | {"target_session_attrs": kind}
            for alias, kind in (("default", "read-write"), ("replica", "standby"))
        ]
        place = {"HOST": "127.0.0.1,127.0.0.1", "PORT": ports}
        with alias_of("default", **place, OPTIONS=options[0]), alias_of("replica", **place, OPTIONS=options[1]):
            yield own
