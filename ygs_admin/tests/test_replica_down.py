"""The replica is dead when the console starts: every page is there, and none waits for it: case 19."""

import pytest
from django.db import connections

from ygs_admin.db.postgresql.base import DatabaseWrapper
from ygs_admin.db.replication.observer import observer
from ygs_admin.demo.node import IMMEDIATE_STOP
from ygs_admin.tests.test_every_url import signed_in

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def client(manager, member):
    return signed_in(manager)


@pytest.fixture
def dead(readable, cluster, until_replica):
    """The standby was never there, as far as the console knows."""
    connections["replica"].close()
    cluster.standby.stop(IMMEDIATE_STOP)
    observer.stop()
    yield
    cluster.start_standby()
    until_replica()


def test_every_page_is_read_from_the_primary_and_none_tries_the_replica(readable, dead, client, monkeypatch):
    tried = []
    connect = DatabaseWrapper.get_new_connection

    def connect_and_tell(wrapper, parameters):
        tried.append(wrapper.alias)
        return connect(wrapper, parameters)

    monkeypatch.setattr(DatabaseWrapper, "get_new_connection", connect_and_tell)
    assert len(readable) > 50
    assert {url: page.status_code for url in readable if (page := client.get(url)).status_code != 200} == {}
    assert "replica" not in tried
