"""A worker is killed in the middle of a run, again and again: the round is unchanged or complete, never between."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from matching.models import LeftOut, MatchHistory, MatchWeek
from users.models import Action, UserAccessAudit
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.testing.workers import KILLED, half_a_minute_later, run_worker

pytestmark = pytest.mark.django_db(transaction=True)

RUNNING = """
from matching.rounds import running, writing
from matching.tests.rounds.solving import solve_simply
from ygs_admin.jobs.run import Run

running.solve_loaded = solve_simply
running.is_possible = lambda *_pair, **_settings: True
report, finish = running.Reporting.__call__, Run.finish

def report_and_die(self, phase, done, total):
    report(self, phase, done, total)
    die(phase)

running.Reporting.__call__ = report_and_die

def dying_after(name):
    function = getattr(writing, name)
    def run(*given, **named):
        function(*given, **named)
        die("after " + name)
    setattr(writing, name, run)

for name in ("_replace_pairs", "_replace_left_out", "_record"):
    dying_after(name)

def finish_and_die(self, *given, **named):
    finish(self, *given, **named)
    die("before the commit")

Run.finish = finish_and_die
write = running.write_round

def write_and_die(*given):
    write(*given)
    die("after the commit")

running.write_round = write_and_die
"""
IN_THE_MIDDLE = (
    "loading",
    "candidates",
    "assignment",
    "explaining",
    "writing",
    "after _replace_pairs",
    "after _replace_left_out",
    "after _record",
    "before the commit",
)


def state_of(week):
    """Return everything that a run writes, its mark aside."""
    row = MatchWeek.objects.get(pk=week.pk)
    pairs = MatchHistory.all_objects.of_week(week).order_by("pk").values_list()
    left_out = LeftOut.objects.of_week(week).order_by("user_id").values_list("user_id", "reason")
    matched = UserAccessAudit.objects.filter(action=Action.MATCH).count()
    return row.summary, row.generated_at, list(pairs), list(left_out), matched


@pytest.fixture
def members(eligible):
    return [eligible() for _ in range(5)]


@pytest.mark.parametrize("step", IN_THE_MIDDLE)
def test_a_killed_run_changed_nothing_and_the_next_worker_completes_it(week, members, matchmaker, step):
    job, before = week.run(by=matchmaker), state_of(week)
    assert run_worker(RUNNING, step)[0] == KILLED
    assert state_of(week) == before
    assert MatchWeek.objects.get().status == "generating"
    half_a_minute_later()
    code, log = run_worker(RUNNING, "nowhere")
    assert code == 0, log
    assert (Job.objects.get(pk=job.pk).status, MatchWeek.objects.get().status) == (JobStatus.DONE, "review"), log
    assert MatchHistory.objects.count() == 2
    assert UserAccessAudit.objects.filter(action=Action.MATCH).count() == 1


def test_killed_after_the_commit_it_is_complete_and_not_run_again(week, members, matchmaker):
    week.run(by=matchmaker)
    assert run_worker(RUNNING, "after the commit")[0] == KILLED
    done = state_of(week)
    assert MatchWeek.objects.get().status == "review"
    half_a_minute_later()
    assert run_worker(RUNNING, "nowhere")[0] == 0
    assert state_of(week) == done
    assert Job.objects.get().attempt == 1


def test_killed_every_time_it_fails_and_the_round_is_a_draft_again(week, members, matchmaker):
    job, before = week.run(by=matchmaker), state_of(week)
    while Job.objects.get(pk=job.pk).attempts_left:
        assert run_worker(RUNNING, "after _replace_pairs")[0] == KILLED
        half_a_minute_later()
    assert run_worker(RUNNING, "nowhere")[0] == 0
    assert Job.objects.get(pk=job.pk).status == JobStatus.FAILED
    assert state_of(week) == before
    assert MatchWeek.objects.get().status == "draft"


def test_two_workers_at_once_run_it_once(week, members, matchmaker):
    week.run(by=matchmaker)
    with ThreadPoolExecutor(2) as workers:
        codes = [code for code, _log in workers.map(lambda _: run_worker(RUNNING, "nowhere"), range(2))]
    assert codes == [0, 0]
    assert (Job.objects.get().attempt, MatchHistory.objects.count()) == (1, 2)


# With the real engine, killed by the clock: wherever it is by then.
TIMED = """
import threading

dying = threading.Timer(float(step), os.kill, (os.getpid(), signal.SIGKILL))
dying.daemon = True
dying.start()
"""
TIMES, SECONDS_APART = 20, 0.06


def test_killed_twenty_times_at_any_moment_it_is_unchanged_or_complete(week, members, matchmaker):
    state, completed = state_of(week), 0
    for number in range(TIMES):
        week.refresh_from_db()
        week.run(by=matchmaker)
        run_worker(TIMED, str(number * SECONDS_APART))
        if (now := state_of(week)) != state:
            state, completed = now, completed + 1
            _summary, _at, pairs, left_out, matched = now
            assert (len(pairs), len(left_out), matched) == (2, 1, completed)
            assert MatchWeek.objects.get().status == "review"
        half_a_minute_later()
    week.refresh_from_db()
    week.run(by=matchmaker)
    run_worker(TIMED, "60")
    assert state_of(week)[-1] == completed + 1
    assert MatchHistory.all_objects.count() == 2
