"""A run of a round: what it writes, what it leaves alone, and how it ends otherwise than well."""

import pytest

from matching.models import ForbiddenPair, LeftOut, MatchHistory, MatchWeek
from matching.rounds import running
from matching.rounds.by_hand import add_by_hand
from users.models import Action, UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.jobs.errors import JobFailedError
from ygs_admin.jobs.models import Job, JobStatus

from .solving import solve_simply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("simple_engine")]


@pytest.fixture
def members(eligible):
    return [eligible() for _ in range(5)]


@pytest.fixture
def run(week, matchmaker, run_jobs):
    """Return a function that runs the round and returns its job as it ended."""

    def run():
        job = week.run(by=matchmaker)
        run_jobs()
        week.refresh_from_db()
        return Job.objects.get(pk=job.pk)

    return run


def pairs_of(week):
    return {pair.user_ids for pair in MatchHistory.objects.of_week(week)}


def spelled(*members):
    return tuple(sorted(member.pk for member in members))


def test_a_run_proposes_pairs_and_says_who_is_left_out(week, members, run, matchmaker):
    job = run()
    assert (job.status, job.done_count, job.total, job.message) == (JobStatus.DONE, 2, 2, "")
    assert (week.status, week.summary["pairs"], set(week.summary["phases"])) == ("review", 2, {"loading", "writing"})
    assert week.generated_at is not None
    pairs = list(MatchHistory.objects.of_week(week))
    assert {(pair.status, pair.source, pair.score, pair.is_pinned) for pair in pairs} == {
        ("proposed", "engine", 0.5, False)
    }
    assert pairs[0].explanation["a_to_b"]["score"] == pairs[0].score_a_to_b == 0.5
    left = LeftOut.objects.get()
    assert (left.user_id, left.reason, left.remaining) == (members[4].pk, "outbid", [["gender", 1]])
    row = UserAccessAudit.objects.get(action=Action.MATCH)
    assert set(row.subjects) == {key for pair in pairs for key in pair.user_ids}
    assert (row.actor_id, row.resource_id) == (matchmaker.pk, week.pk)


def test_while_it_waits_the_round_is_marked_and_another_press_is_the_same_job(week, matchmaker, manager):
    job = week.run(by=matchmaker)
    assert week.status == "generating"
    assert MatchWeek.objects.get().run(by=manager) == job
    assert Job.objects.count() == 1


def test_run_again_it_gives_the_same_on_the_same_rows(week, members, run):
    run()
    before = set(MatchHistory.all_objects.values_list("pk", "user_a_id", "user_b_id"))
    run()
    assert set(MatchHistory.all_objects.values_list("pk", "user_a_id", "user_b_id")) == before
    assert not MatchHistory.all_objects.deleted().exists()
    assert LeftOut.objects.count() == 1


def test_what_is_not_proposed_again_is_dropped(week, members, run):
    run()
    first, *_others = MatchHistory.objects.of_week(week).order_by("pk")
    first.forbid(by=None)
    run()
    assert first.user_ids not in pairs_of(week)
    assert len(pairs_of(week)) == 2
    ForbiddenPair.objects.all().delete()
    run()
    assert first.user_ids in pairs_of(week)
    assert MatchHistory.all_objects.of_pair(*first.user_ids).count() == 1


def test_a_dropped_pair_may_be_proposed_again_as_a_fresh_one(week, members, run, matchmaker):
    run()
    pair = MatchHistory.objects.first()
    pair.confirm(by=matchmaker)
    pair.drop(by=matchmaker)
    run()
    pair.refresh_from_db()
    assert (pair.is_deleted, pair.status, pair.matchmaker_id) == (False, "proposed", None)


def test_what_staff_had_a_hand_in_stays(week, members, run, matchmaker):
    man, woman, other_man, other_woman, _rest = members
    by_hand = add_by_hand(week, man, other_woman, by=matchmaker)
    run()
    assert pairs_of(week) == {spelled(man, other_woman), spelled(other_man, woman)}
    proposed = MatchHistory.objects.exclude(pk=by_hand.pk).get()
    proposed.pin(by=matchmaker)
    by_hand.confirm(by=matchmaker)
    run()
    by_hand.refresh_from_db()
    proposed.refresh_from_db()
    assert (by_hand.status, by_hand.source, by_hand.matchmaker_id) == ("confirmed", "manual", matchmaker.pk)
    assert by_hand.score == 0.5
    assert (proposed.is_pinned, proposed.status) == (True, "proposed")


def test_a_pair_by_hand_that_the_engine_cannot_have_keeps_its_places(week, members, run, monkeypatch):
    man, woman, other_man, other_woman, _rest = members
    monkeypatch.setattr(running, "is_possible", lambda *_pair, **_settings: False)
    kept = add_by_hand(week, man, other_woman, by=None)
    run()
    assert pairs_of(week) == {kept.user_ids, spelled(other_man, woman)}


def test_a_kept_pair_whose_side_is_not_eligible_any_more_keeps_its_places(week, members, run):
    man, woman, other_man, other_woman, _rest = members
    kept = add_by_hand(week, man, other_woman, by=None)
    man.suspend(by=None, reason="신고")
    run()
    assert pairs_of(week) == {kept.user_ids, spelled(other_man, woman)}


def test_a_pair_that_was_introduced_meanwhile_is_left_alone(week, members, run, propose):
    introduced = propose(*members[:2], status="introduced")
    run()
    introduced.refresh_from_db()
    assert introduced.status == "introduced"


@pytest.fixture
def before(week, members, run):
    """Run once, and return what the round looks like."""
    run()
    return snapshot(week)


def snapshot(week):
    row = MatchWeek.all_objects.get(pk=week.pk)
    pairs = MatchHistory.all_objects.of_week(week).order_by("pk").values_list()
    left_out = LeftOut.objects.of_week(week).order_by("pk").values_list()
    return row.status, row.summary, row.generated_at, list(pairs), list(left_out)


@pytest.mark.parametrize("phase", ["loading", "candidates", "assignment", "explaining", "writing"])
@pytest.mark.parametrize("ending", ["fails", "is canceled"])
def test_a_run_that_does_not_end_well_leaves_the_round_as_it_was(before, week, run, monkeypatch, phase, ending):
    report = running.Reporting.__call__

    def stop(self, at, done, total):
        report(self, at, done, total)
        if at != phase:
            return
        if ending == "fails":
            raise JobFailedError("impossible")
        Job.objects.get(pk=self._run.job.pk).cancel(by=self._run.staff)
        self._run.flush()
        self._run.leave_if_canceled()

    monkeypatch.setattr(running.Reporting, "__call__", stop)
    assert run().status == (JobStatus.FAILED if ending == "fails" else JobStatus.CANCELED)
    assert snapshot(week) == before


def test_a_run_that_is_canceled_while_it_writes_leaves_the_round_as_it_was(before, week, run, monkeypatch):
    record = UserAccessAudit.record

    def cancel(action, **what):
        record(action, **what)
        if action == Action.MATCH:
            Job.objects.filter(kind=running.RUN).latest("created_at").cancel(by=what["by"])

    monkeypatch.setattr(UserAccessAudit, "record", cancel)
    assert run().status == JobStatus.CANCELED
    assert snapshot(week) == before


def test_a_run_is_canceled_from_the_round(before, week, matchmaker):
    assert not week.cancel_run(by=matchmaker)
    week.run(by=matchmaker)
    assert week.cancel_run(by=matchmaker)
    assert not week.cancel_run(by=matchmaker)
    assert snapshot(week) == before


def test_a_failed_job_is_run_again_from_its_page(week, members, run, run_jobs, matchmaker, monkeypatch):
    monkeypatch.setattr(running, "solve_loaded", None)
    job = run()
    assert (job.status, week.status) == (JobStatus.FAILED, "draft")
    monkeypatch.setattr(running, "solve_loaded", solve_simply)
    job.run_again(by=matchmaker)
    run_jobs()
    week.refresh_from_db()
    assert week.status == "review"


def test_an_older_job_gives_way_to_a_newer_one(week, members, matchmaker, run_jobs):
    older = week.run(by=matchmaker)
    older.cancel(by=matchmaker)
    newer = MatchWeek.objects.get().run(by=matchmaker)
    older.run_again(by=matchmaker)
    run_jobs()
    assert Job.objects.get(pk=older.pk).status == JobStatus.FAILED
    assert Job.objects.get(pk=newer.pk).status == JobStatus.DONE
    assert MatchWeek.objects.get().status == "review"


@pytest.mark.parametrize("status", ["published", "closed"])
def test_a_published_round_is_not_run(week, matchmaker, status):
    MatchWeek.objects.update(status=status)
    with pytest.raises(VerbRefusedError):
        week.run(by=matchmaker)
    assert not Job.objects.exists()


def test_a_mark_that_no_job_stands_for_hinders_nobody(week, members, run):
    MatchWeek.objects.update(status="generating")
    assert run().status == JobStatus.DONE


@pytest.mark.parametrize("change", [{"status": "published"}, {"deleted_at": "2026-01-01T00:00Z"}])
def test_a_job_whose_round_is_gone_or_published_fails(week, members, matchmaker, run_jobs, change):
    job = week.run(by=matchmaker)
    MatchWeek.all_objects.update(**change)
    run_jobs()
    assert Job.objects.get(pk=job.pk).status == JobStatus.FAILED
    assert not MatchHistory.objects.exists()


def test_pairs_are_not_changed_while_the_round_is_run(before, week, matchmaker):
    pair = MatchHistory.objects.first()
    week.run(by=matchmaker)
    with pytest.raises(VerbRefusedError):
        pair.confirm(by=matchmaker)
    with pytest.raises(VerbRefusedError):
        week.change_settings(by=matchmaker, settings={"quota": 2})
