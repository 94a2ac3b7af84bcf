import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils.translation import override

from matching.evaluation import report
from matching.management.commands import evaluate_engine
from ygs_admin.testing.queries import aliases_reading


@pytest.fixture
def three_rounds(past_week, past_pair, couples, monkeypatch):
    """Make three rounds of six couples, each man with the next woman; every other two accept."""
    monkeypatch.setattr(report, "LEAST_OUTCOMES", 4)
    for number in range(3):
        week = past_week(10 + number)
        for place, (him, _her) in enumerate(couples):
            her = couples[(place + number) % len(couples)][1]
            answer = "accepted" if place % 2 else "declined"
            past_pair(week, him, her, answer, "accepted")


def output(*arguments):
    written = StringIO()
    call_command("evaluate_engine", *arguments, stdout=written)
    return written.getvalue()


def test_as_json(three_rounds):
    found = json.loads(output("--json"))
    assert (found["rounds"], found["learned_from"], found["introductions"], found["actual"]) == (2, 1, 12, 6)
    assert set(found["expected"]) == {"introduced", "engine", "greedy", "random"}
    assert 0 <= found["auc"] <= 1
    assert sum(each["count"] for each in found["reliability"]) == 12


def test_for_people(three_rounds):
    with override("en"):
        lines = output().splitlines()
    assert lines[0].startswith("2 rounds with 12 settled introductions")
    assert "Mutual acceptances: 6" in lines[1]


def test_the_last_weeks_alone(three_rounds):
    assert json.loads(output("--json", "--weeks", "2"))["rounds"] == 1


def test_it_names_nobody(three_rounds, couples):
    written = output() + output("--json")
    assert not any(member.pk in written or member.name in written for couple in couples for member in couple)


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_it_reads_a_replica_that_has_seen_the_rounds(three_rounds, cluster, until_replica):
    cluster.wait_until_caught_up()
    until_replica()
    with aliases_reading("match_histories") as aliases:
        assert json.loads(output("--json"))["rounds"] == 2
    assert aliases == {"replica"}


@pytest.mark.django_db
def test_too_few_rounds():
    with pytest.raises(CommandError) as refused:
        output()
    assert refused.value.returncode == 1


@pytest.mark.parametrize("weeks", ["0", "-3", "many"])
def test_no_number_of_weeks(weeks):
    with pytest.raises(CommandError):
        output("--weeks", weeks)


@pytest.mark.django_db
def test_the_database_fails(monkeypatch):
    def fail(_last):
        raise DatabaseError("gone")

    monkeypatch.setattr(evaluate_engine, "weeks_to_replay", fail)
    with pytest.raises(CommandError, match="gone") as failed:
        output()
    assert failed.value.returncode == 2
