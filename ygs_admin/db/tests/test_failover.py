"""The primary is killed and its standby promoted: cases 25 and 26, on a pair of the tests' own."""

import time
from collections.abc import Callable

import pytest
from django.db import DatabaseError, close_old_connections, connections
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.db.replication.health import NO_STANDBY
from ygs_admin.db.replication.observer import observer
from ygs_admin.demo.cluster import Cluster
from ygs_admin.testing.replication import tokens_of

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "replica"]),
    pytest.mark.urls("ygs_admin.db.tests.pages"),
]
SECONDS = 20.0


@pytest.fixture
def member(own_pair: Cluster, make_member: Callable[..., User], until_replica) -> User:
    made: User = make_member(name="김철수")
    own_pair.wait_until_caught_up()
    until_replica()
    return made


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def rename(client: Client, member: User, name: str) -> int:
    close_old_connections()  # as each request's beginning does outside of tests
    return client.post(reverse("rename", args=[member.pk]), {"name": name}).status_code


def shown(client: Client, member: User, page: str = "show") -> str:
    close_old_connections()
    response = client.get(reverse(page, args=[member.pk]))
    assert response.status_code == 200
    return response.content.decode()


def promote(pair: Cluster) -> Cluster:
    """Kill the primary, promote the standby, and return the pair as it is to be from then on."""
    pair.wait_until_caught_up()
    pair.primary.kill()
    pair.standby.promote()
    return Cluster(pair.standby, pair.primary, pair.password)


def until(condition: Callable[[], bool]) -> float:
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() < begun + SECONDS
        time.sleep(0.1)
    return time.monotonic() - begun


def test_writes_go_on_at_the_new_primary_and_nothing_acknowledged_is_missing(
    member: User, client: Client, own_pair: Cluster
) -> None:
    assert rename(client, member, "김영희") == 302
    promote(own_pair)
    until(lambda: rename(client, member, "박새롬") == 302)
    assert shown(client, member) == "박새롬"
    asked = "SELECT name FROM users WHERE id = %s"
    database = connections["default"].settings_dict["NAME"]
    assert own_pair.standby.ask(asked, member.pk, database=database) == "박새롬"


def test_what_was_written_before_is_read_from_the_new_primary(
    member: User, client: Client, own_pair: Cluster, until_replica, settings
) -> None:
    # The token has to outlive the copying of a node.
    settings.CAUSALITY_SECONDS = 600
    assert rename(client, member, "김영희") == 302
    old = tokens_of(client)
    turned = promote(own_pair)
    until(lambda: observer.primary.position is not None)
    assert shown(client, member) == "김영희"
    turned.start_standby()
    until_replica()
    assert tokens_of(client) == old
    # The breaker may still be open for what the old pair's replica did.
    until(lambda: shown(Client(), member, "where") == "replica")
    assert shown(client, member, "where") == "default"
    assert rename(client, member, "박새롬") == 302
    assert shown(client, member) == "박새롬"


def test_the_promoted_node_is_known_to_be_no_standby_and_the_new_one_is_found(
    member: User, own_pair: Cluster, until_replica
) -> None:
    turned = promote(own_pair)
    until(lambda: not observer.health()["replica"].is_usable)
    turned.start_standby()
    assert until_replica().problem == ""


def test_a_connection_of_the_replicas_alias_to_a_node_that_is_promoted_refuses_writes(
    member: User, own_pair: Cluster
) -> None:
    with connections["replica"].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        assert cursor.fetchone() == (True,)
        own_pair.standby.promote()
        cursor.execute("SELECT pg_is_in_recovery()")
        assert cursor.fetchone() == (False,)
        with pytest.raises(DatabaseError, match="read-only"):
            cursor.execute("DELETE FROM users")
    until(lambda: observer.health()["replica"].problem == NO_STANDBY)
    assert User.objects.filter(pk=member.pk).exists()
