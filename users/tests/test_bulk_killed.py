"""A worker is killed in the middle of a verb on many members: another goes on, and nobody is changed twice."""

import pytest
from django.db import transaction

from users.bulk.jobs import start, undo
from users.bulk.planning import BULK_VERBS, plan_for
from users.models import Action, User, UserAccessAudit
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.testing.workers import KILLED, half_a_minute_later, run_worker

pytestmark = pytest.mark.django_db(transaction=True)

MEMBERS = 6
APPROVING = """
from users.verbs import Verb
from ygs_admin.jobs.run import Run

apply, settle, pressed = Verb.apply, Run.settle, []

def apply_and_die(verb, user, *given):
    pressed.append(user.pk)
    if len(pressed) == 4:
        die("between two members")
    changed = apply(verb, user, *given)
    if len(pressed) == 3:
        die("before the outcome")
    return changed

def settle_and_die(run, item, *outcome):
    settle(run, item, *outcome)
    if len(pressed) == 3:
        die("before the commit")

Verb.apply, Run.settle = apply_and_die, settle_and_die
"""


@pytest.fixture
def members(make_member):
    return [make_member(status="pending") for _ in range(MEMBERS)]


@pytest.fixture
def job(manager, members):
    verb = BULK_VERBS["approve"]
    plan = plan_for(verb, [member.pk for member in members], by=manager)
    return start(plan, verb, by=manager, reason="")


@pytest.mark.parametrize(
    ("step", "before"), [("before the outcome", 2), ("before the commit", 2), ("between two members", 3)]
)
def test_another_worker_goes_on_where_the_killed_one_was(job, members, step, before):
    assert run_worker(APPROVING, step)[0] == KILLED
    assert User.objects.approved().count() == job.items.filter(outcome="done").count() == before
    half_a_minute_later()
    code, log = run_worker(APPROVING, "nowhere")
    assert code == 0, log
    done = Job.objects.get(pk=job.pk)
    assert (done.status, done.attempt, done.done_count) == (JobStatus.DONE, 2, MEMBERS), log
    assert User.objects.approved().count() == MEMBERS
    recorded = UserAccessAudit.objects.filter(action=Action.APPROVE).values_list("user_id", flat=True)
    assert sorted(recorded) == sorted(member.pk for member in members)


def test_whom_somebody_changed_before_another_worker_came_is_left_alone(job, members):
    assert run_worker(APPROVING, "between two members")[0] == KILLED
    last = members[-1]
    with transaction.atomic():
        last.reject(by=None, reason="서류")
    half_a_minute_later()
    run_worker(APPROVING, "nowhere")
    assert job.items.get(subject_id=last.pk).outcome == "conflict"
    assert User.objects.get(pk=last.pk).status == "rejected"


def test_what_was_done_in_two_runs_is_taken_back_as_one(job, manager):
    run_worker(APPROVING, "between two members")
    half_a_minute_later()
    run_worker(APPROVING, "nowhere")
    undoing = undo(Job.objects.get(pk=job.pk), by=manager)
    run_worker(APPROVING, "nowhere")
    assert Job.objects.get(pk=undoing.pk).done_count == User.objects.pending().count() == MEMBERS
