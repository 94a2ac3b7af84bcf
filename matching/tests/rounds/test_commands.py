"""The round and its answers at the command line."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from matching.models import MatchHistory, MatchWeek
from matching.rounds import running
from matching.rounds.expiring import INTRODUCTIONS
from matching.tasks.answers import expire_answers
from ygs_admin.jobs import waiting
from ygs_admin.jobs.models import Job
from ygs_admin.testing.queries import aliases_reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("simple_engine")]

REFUSED, FAILED, INTERRUPTED = 1, 2, 130


@pytest.fixture(autouse=True)
def a_worker_works_meanwhile(monkeypatch, run_jobs):
    monkeypatch.setattr(waiting.time, "sleep", lambda _seconds: run_jobs())


def run(*arguments, command="match_round"):
    written = StringIO()
    call_command(command, *arguments, "--json", stdout=written)
    return json.loads(written.getvalue())


def fails(*arguments):
    with pytest.raises(CommandError) as stopped:
        run(*arguments)
    return stopped.value.returncode


class TestOpen:
    def test_opens_once(self):
        assert run("open", "2026-W48", "--dry-run")["id"] is None
        assert not MatchWeek.objects.exists()
        opened = run("open", "2026-W48", "--set", "quota=2", "--set", "fairness_weight=0.2")
        week = MatchWeek.objects.get()
        assert (opened["id"], week.round_settings.quota, week.round_settings.fairness_weight) == (week.pk, 2, 0.2)
        assert run("open", "2026-W48")["id"] == run("open", "2026-W48", "--dry-run")["id"] == week.pk

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["2026-W54"], REFUSED),
            (["2026-W48", "--set", "quota=0"], REFUSED),
            (["2026-W48", "--set", "tempo=3"], REFUSED),
            (["2026-W48", "--set", "quota=two"], FAILED),
            (["48"], FAILED),
            (["2026-W48", "--actor", "nobody@ygs.test"], FAILED),
        ],
    )
    def test_says_what_it_does_not_understand(self, arguments, code):
        assert fails("open", *arguments) == code
        assert not MatchWeek.objects.exists()


class TestRun:
    @pytest.fixture(autouse=True)
    def members(self, eligible):
        return [eligible() for _ in range(5)]

    def test_waits_for_the_job(self, week, matchmaker):
        assert run("run", str(week), "--dry-run") == {"week": str(week), "dry_run": True, "members": 5, "kept": 0}
        assert not Job.objects.exists()
        assert run("run", week.pk, "--actor", matchmaker.email)["pairs"] == 2
        assert MatchHistory.objects.of_week(week).count() == 2

    def test_needs_somebody_who_may(self, week, auditor):
        assert fails("run", str(week)) == FAILED
        assert fails("run", str(week), "--actor", auditor.email) == FAILED
        assert not Job.objects.exists()

    def test_says_that_it_failed(self, week, matchmaker, monkeypatch):
        monkeypatch.setattr(running, "solve_loaded", None)
        assert fails("run", str(week), "--actor", matchmaker.email) == REFUSED

    def test_that_is_interrupted_leaves_the_job(self, week, matchmaker, monkeypatch):
        def interrupt(_seconds):
            raise KeyboardInterrupt

        monkeypatch.setattr(waiting.time, "sleep", interrupt)
        assert fails("run", str(week), "--actor", matchmaker.email) == INTERRUPTED
        assert not Job.objects.get().is_finished

    def test_of_a_published_round_is_refused(self, week, matchmaker):
        MatchWeek.objects.update(status="published")
        assert fails("run", str(week), "--actor", matchmaker.email) == REFUSED


class TestPublish:
    def test_introduces_and_says_who_is_held_back(self, week, propose, eligible, matchmaker):
        MatchWeek.objects.update(status="review", generated_at=timezone.now())
        pairs = [propose(eligible(), eligible(), status="confirmed") for _ in range(2)]
        pairs[0].user_a.suspend(by=None, reason="신고")
        dry = run("publish", str(week), "--dry-run")
        assert (dry["introduced"], dry["held_back"], dry["unconfirmed"]) == (1, 1, 0)
        assert not Job.objects.exists()
        published = run("publish", str(week), "--actor", matchmaker.email)
        assert (published["introduced"], published["held_back"]) == (1, 1)
        assert MatchWeek.objects.get().status == "published"

    def test_without_a_confirmed_pair_is_refused(self, week, matchmaker):
        MatchWeek.objects.update(status="review")
        assert fails("publish", str(week), "--actor", matchmaker.email) == REFUSED


class TestClose:
    def test_closes_a_published_round(self, week, propose, couple):
        assert fails("close", str(week)) == REFUSED
        MatchWeek.objects.update(status="published")
        pair = propose(*couple, status="introduced", introduced_at=timezone.now())
        assert run("close", str(week), "--dry-run")["outstanding"] == 1
        assert fails("close", str(week)) == REFUSED
        pair.expire()
        assert run("close", str(week))["closed"]
        assert not run("close", str(week))["closed"]


class TestReport:
    def test_tells_the_round_in_numbers(self, week, propose, eligible):
        propose(eligible(), eligible())
        at = {"introduced_at": timezone.now()}
        propose(eligible(), eligible(), status="accepted", a_response="accepted", b_response="accepted", **at)
        propose(eligible(), eligible(), status="introduced", **at)
        told = run("report", str(week))
        assert told["pairs"] == {"proposed": 1, "accepted": 1, "introduced": 1}
        assert (told["introduced"], told["mutual_accept_rate"], told["awaiting_answer"]) == (2, 0.5, 1)

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_is_read_by_people_too(self, week, language):
        written = StringIO()
        call_command("match_round", "report", str(week), "--language", language, stdout=written)
        assert f"week: {week}" in written.getvalue()

    @pytest.mark.django_db(transaction=True, databases=["default", "replica"])
    def test_is_read_from_a_replica_that_has_seen_what_was_just_done(
        self, week, propose, eligible, cluster, until_replica
    ):
        with cluster.replay_paused():
            propose(eligible(), eligible())
            assert run("report", str(week))["pairs"] == {"proposed": 1}
        cluster.wait_until_caught_up()
        until_replica()
        with aliases_reading("match_histories") as aliases:
            assert run("report", str(week))["pairs"] == {"proposed": 1}
        assert aliases == {"replica"}

    @pytest.mark.parametrize("unknown", ["2031-W01", "mw_01ARZ3NDEKTSV4RRFFQ69G5FAV", "soon"])
    def test_of_no_round_is_said(self, unknown):
        assert fails("report", unknown) == FAILED


def test_a_database_that_fails_is_said(week, monkeypatch):
    def fail(_week):
        raise DatabaseError("gone")

    monkeypatch.setattr("matching.management.commands.match_round.report", fail)
    assert fails("report", str(week)) == FAILED


class TestExpireAnswers:
    @pytest.fixture
    def pairs(self, propose, eligible):
        def introduced(days):
            at = timezone.now() - timedelta(days=days)
            return propose(eligible(), eligible(), status="introduced", introduced_at=at, a_response="accepted")

        return [introduced(days) for days in (6, 5.01, 4.99)]

    def statuses(self, pairs):
        return [MatchHistory.objects.get(pk=pair.pk).status for pair in pairs]

    def test_ends_what_was_not_answered_in_time(self, pairs):
        assert run("--dry-run", command="expire_answers") == {"lapsed": 2, "expired": 0, "dry_run": True}
        assert self.statuses(pairs) == ["introduced"] * 3
        assert run(command="expire_answers") == {"lapsed": 2, "expired": 2, "dry_run": False}
        assert self.statuses(pairs) == ["expired", "expired", "introduced"]
        assert MatchHistory.objects.get(pk=pairs[0].pk).responses == ("accepted", "no_answer")
        assert run(command="expire_answers")["lapsed"] == 0

    def test_the_queue_does_the_same(self, pairs):
        expire_answers(timestamp=0)
        assert self.statuses(pairs) == ["expired", "expired", "introduced"]

    def test_what_is_answered_in_the_meantime_is_left_alone(self, pairs, monkeypatch):
        ending = INTRODUCTIONS.expire()
        assert next(ending) == (pairs[0].pk, True)
        pairs[1].answer(by=None, side_of=pairs[1].user_b_id, response="declined")
        assert list(ending) == [(pairs[1].pk, False)]
