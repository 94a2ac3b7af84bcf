"""PgBouncer itself fails, and the nodes behind it change places."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.db import close_old_connections, connections
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.db.replication.observer import observer
from ygs_admin.db.tests.pooled import behind
from ygs_admin.demo.cluster import Cluster
from ygs_admin.testing.pgbouncer import PgBouncer

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "replica"]),
    pytest.mark.urls("ygs_admin.db.tests.pages"),
]
SECONDS = 30.0


@pytest.fixture
def member(make_member: Callable[..., User], cluster: Cluster) -> User:
    made: User = make_member(name="김철수")
    cluster.wait_until_caught_up()
    return made


@pytest.fixture
def client() -> Iterator[Client]:
    yield Client(raise_request_exception=False)
    connections.close_all()


def rename(client: Client, member: User, name: str) -> int:
    close_old_connections()  # as each request's beginning does outside of tests
    return client.post(reverse("rename", args=[member.pk]), {"name": name}).status_code


def show(client: Client, member: User, page: str = "show") -> tuple[int, str]:
    close_old_connections()
    response = client.get(reverse(page, args=[member.pk]))
    return response.status_code, response.text


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_it_is_killed_and_started_again(member: User, client: Client, pooled: PgBouncer, until_replica) -> None:
    until_replica()
    assert show(client, member, "where") == (200, "replica")
    assert rename(client, member, "김영희") == 302
    pooled.child.kill()
    assert show(client, member)[0] == 503
    assert rename(client, member, "아무도") == 503
    until(observer.primary_is_down)
    pooled.start()
    until(lambda: not observer.primary_is_down())
    assert show(client, member) == (200, "김영희")
    assert rename(client, member, "박새롬") == 302
    assert show(client, member) == (200, "박새롬")
    until_replica()
    until(lambda: show(Client(), member, "where") == (200, "replica"))


def test_its_connections_to_the_nodes_are_cut_and_the_next_pages_are_whole(
    member: User, client: Client, pooled: PgBouncer, cluster: Cluster, until_replica
) -> None:
    until_replica()
    assert show(client, member)[0] == 200
    for node in (cluster.primary, cluster.standby):
        # Returns once they are gone.
        node.ask("SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE usename = 'ygs'")
    assert show(client, member) == (200, "김철수")
    assert rename(client, member, "김영희") == 302
    assert show(client, member) == (200, "김영희")


def test_that_it_lets_nobody_else_in_says_nothing_of_the_primary(
    member: User, client: Client, pooled: PgBouncer, until_replica
) -> None:
    until_replica()
    pooled.configure(pgbouncer={"max_client_conn": "1"})
    pooled.ask("RELOAD")
    connections.close_all()
    assert rename(client, member, "아무도") == 503
    assert not observer.primary_is_down()
    pooled.configure()
    pooled.ask("RELOAD")
    assert rename(client, member, "김영희") == 302


def test_a_standby_hangs_behind_it_and_pages_come_from_the_primary(
    member: User, client: Client, pooled: PgBouncer, cluster: Cluster, until_replica, settings
) -> None:
    settings.REPLICA_CHECK_SECONDS, settings.REPLICA_CHECK_TIMEOUT = 0.2, 1
    until_replica()
    assert show(client, member, "where") == (200, "replica")
    with cluster.standby.hanging():
        assert [show(client, member, "where") for _ in range(3)] == [(200, "default")] * 3
    until_replica()
    until(lambda: show(client, member, "where") == (200, "replica"))


def test_it_is_told_of_another_primary_and_nothing_is_started_anew(
    own_pair: Cluster, make_member: Callable[..., User], client: Client, pgbouncer: PgBouncer, until_replica
) -> None:
    pgbouncer.configure(own_pair)
    pgbouncer.ask("RELOAD")
    with behind(pgbouncer):
        member = make_member(name="김철수")
        own_pair.wait_until_caught_up()
        until_replica()
        assert rename(client, member, "김영희") == 302
        own_pair.wait_until_caught_up()
        own_pair.primary.kill()
        assert rename(client, member, "아무도") == 503
        until(observer.primary_is_down)
        assert show(client, member) == (200, "김영희")
        own_pair.standby.promote()
        turned = Cluster(own_pair.standby, own_pair.primary, own_pair.password)
        pgbouncer.configure(turned)
        pgbouncer.ask("RELOAD")
        until(lambda: rename(client, member, "박새롬") == 302)
        until(lambda: not observer.primary_is_down())
        assert show(client, member) == (200, "박새롬")
        turned.start_standby()
        until_replica()
        until(lambda: show(Client(), member, "where") == (200, "replica"))
        connections.close_all()
