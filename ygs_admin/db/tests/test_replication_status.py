"""The command that says how the nodes are."""

import json

import pytest
from django.core.management import call_command

from ygs_admin.db.replication import observer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


def test_all_are_well(capsys, standby_caught_up):
    standby_caught_up()
    call_command("replication_status")
    head, primary, replica = capsys.readouterr().out.splitlines()
    assert head.split()[:2] == ["node", "state"]
    assert primary.split()[:2] == ["primary", "ok"]
    assert replica.split()[:2] == ["replica", "ok"]


def test_as_json(capsys, standby_caught_up):
    standby_caught_up()
    call_command("replication_status", "--json")
    seen = json.loads(capsys.readouterr().out)
    assert seen["primary"]["ok"]
    assert seen["replicas"]["replica"]["position"].split(".")[0] == seen["primary"]["position"].split(".")[0]


def test_a_replica_that_is_cut_off(capsys, cluster):
    cluster.detach_receiver()
    try:
        with pytest.raises(SystemExit) as ended:
            call_command("replication_status")
    finally:
        cluster.attach_receiver()
    assert ended.value.code == 1
    assert "no receiver" in capsys.readouterr().out


def test_a_primary_that_does_not_answer(capsys, monkeypatch):
    connect = observer.connect

    def fail(alias):
        if alias == "default":
            raise observer.psycopg.OperationalError("refused")
        return connect(alias)

    monkeypatch.setattr(observer, "connect", fail)
    with pytest.raises(SystemExit) as ended:
        call_command("replication_status", "--json")
    assert ended.value.code == 2
    assert not json.loads(capsys.readouterr().out)["primary"]["ok"]
