"""Two standbys, of which one may be further behind: cases 5, 7 and 11, on real nodes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.db.replication import breaker, choosing
from ygs_admin.db.replication.choosing import breaker_of, choose, choose_without_primary
from ygs_admin.db.replication.observer import observer
from ygs_admin.db.replication.position import position_of
from ygs_admin.db.routing import reading_from_replica
from ygs_admin.demo.cluster import Cluster

pytestmark = [
    pytest.mark.usefixtures("second_replica"),
    pytest.mark.django_db(transaction=True, databases=["default", "replica", "replica_2"]),
    pytest.mark.urls("ygs_admin.db.tests.pages"),
]
BOTH = {"replica", "replica_2"}


@pytest.fixture(autouse=True)
def equally_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long either takes to answer is the machine's business."""
    monkeypatch.setattr(choosing, "LEAST_LATENCY", 10.0)


@pytest.fixture
def member(make_member: Callable[..., User], cluster: Cluster, second_replica: Cluster, until_replica) -> User:
    made: User = make_member(name="김철수")
    for pair, alias in ((cluster, "replica"), (second_replica, "replica_2")):
        pair.wait_until_caught_up()
        until_replica(alias=alias)
    return made


def page(client: Client, name: str, member: User) -> str:
    response = client.get(reverse(name, args=[member.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_request_reads_all_from_one_of_them_and_requests_from_either(member: User) -> None:
    served = Counter(page(Client(), "long", member) for _ in range(40))
    assert set(served) == {"replica replica", "replica_2 replica_2"}


def test_the_one_that_answers_quickly_is_asked_more_often(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "LEAST_LATENCY", 0.0005)
    health = observer.health()
    slow = {"replica": replace(health["replica"], latency=0.050), "replica_2": replace(health["replica_2"], latency=0)}
    monkeypatch.setattr(observer, "health", lambda: slow)
    served = Counter(choose().alias for _ in range(300))
    assert served["replica_2"] > served["replica"] * 10
    assert served["replica"] > 0 or served["replica_2"] == 300


def test_a_token_leads_to_the_one_that_has_replayed_it(member: User, cluster: Cluster, second_replica: Cluster) -> None:
    writer = Client()
    with second_replica.replay_paused():
        writer.post(reverse("rename", args=[member.pk]), {"name": "김영희"})
        position = position_of(connections["default"])
        cluster.wait_until_caught_up()
        assert {choose([position]).alias for _ in range(20)} == {"replica"}
        assert {page(writer, "show", member) for _ in range(20)} == {"김영희"}
        assert {page(writer, "where", member) for _ in range(20)} == {"replica"}
        assert {page(Client(), "where", member) for _ in range(40)} == BOTH
    second_replica.wait_until_caught_up()
    assert {page(writer, "where", member) for _ in range(40)} == BOTH


def test_where_neither_has_it_is_the_primary(member: User, cluster: Cluster, second_replica: Cluster) -> None:
    writer = Client()
    with cluster.replay_paused(), second_replica.replay_paused():
        writer.post(reverse("rename", args=[member.pk]), {"name": "김영희"})
        assert {page(writer, "where", member) for _ in range(10)} == {"default"}


def test_what_one_has_failed_is_left_to_the_other(member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaker, "FIRST_PAUSE", 30.0)
    breaker_of("replica").fail()
    assert {page(Client(), "where", member) for _ in range(10)} == {"replica_2"}


def test_the_second_one_is_cut_off_and_the_first_serves(member: User, second_replica: Cluster, until_replica) -> None:
    second_replica.detach_receiver()
    until_replica(alias="replica_2", is_usable=False)
    assert {page(Client(), "where", member) for _ in range(10)} == {"replica"}
    second_replica.attach_receiver()


def test_without_the_primary_the_one_that_has_come_furthest_is_read(
    member: User, cluster: Cluster, second_replica: Cluster, until_replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observer, "primary_is_down", lambda: True)
    with cluster.replay_paused():
        User.objects.filter(pk=member.pk).update(name="김영희")
        second_replica.wait_until_caught_up()
        ahead = position_of(connections["default"]).lsn
        while observer.health()["replica_2"].position.lsn < ahead:
            until_replica(alias="replica_2")
        assert choose_without_primary() == "replica_2"


def test_a_block_keeps_its_replica_and_a_block_inside_may_have_another(member: User) -> None:
    with reading_from_replica() as outer:
        first = outer.alias
        for _ in range(20):
            with reading_from_replica() as inner:
                assert inner.alias in BOTH
        assert {User.objects.get(pk=member.pk)._state.db for _ in range(5)} == {first}
