"""What machines are told of the console, whatever has failed."""

import pytest
from django.test import Client

from ygs_admin.db.replication.health import PrimaryHealth, ReplicaHealth
from ygs_admin.db.replication.observer import observer
from ygs_admin.monitoring import readiness

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
DOWN = PrimaryHealth(None, "does not answer", 0, 1)


@pytest.fixture
def asked(until_replica, monkeypatch):
    until_replica()
    monkeypatch.setattr(readiness, "_storage", (0.0, False))
    return Client()


@pytest.fixture
def primary_down(asked, monkeypatch):
    monkeypatch.setattr(
        type(observer), "primary", property(lambda _self: DOWN, lambda _self, _value: None), raising=False
    )


@pytest.fixture
def replica_down(asked, monkeypatch):
    ill = {"replica": ReplicaHealth.unknown("does not answer", 0)}
    monkeypatch.setattr(type(observer), "health", lambda _self: ill)


def test_the_process_answers_without_asking_anybody(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "session" not in response.cookies


def test_all_is_well(asked):
    response = asked.get("/readyz")
    state = response.json()
    assert (response.status_code, state["status"]) == (200, "ok"), state
    assert state["primary"]["ok"]
    replica = state["replicas"]["replica"]
    assert (replica["ok"], replica["receiving"], replica["breaker"]) == (True, True, "closed")
    assert state["storage"] == {"ok": True}


def test_without_a_replica_that_may_be_read_it_serves_with_less(asked, replica_down):
    response = asked.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["replicas"]["replica"]["problem"] == "does not answer"


def test_without_the_primary_it_goes_on_reading(asked, primary_down):
    response = asked.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")


def test_without_either_it_serves_nobody(asked, primary_down, replica_down):
    response = asked.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (503, "down")


def test_without_storage_it_serves_without_photos(asked, store_down):
    response = asked.get("/readyz")
    assert (response.status_code, response.json()["storage"]) == (200, {"ok": False})


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_they_are_read_only(path):
    assert Client().post(path).status_code == 405
