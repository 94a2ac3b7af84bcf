"""Real workers, killed by SIGKILL wherever it hurts: another finishes the job, and nothing is done twice."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from ygs_admin import storage
from ygs_admin.jobs.models import Job, JobItem, JobStatus
from ygs_admin.jobs.models.job import ATTEMPTS
from ygs_admin.testing.workers import KILLED, a_minute_begins, half_a_minute_later, run_worker
from ygs_admin.uploads.keeping import sweep
from ygs_admin.uploads.models import PendingObject

pytestmark = pytest.mark.django_db(transaction=True)

ITEMS = 6
COUNTING = """
from django.contrib.auth.models import Group
from ygs_admin import storage
from ygs_admin.jobs.kinds import JobKind, register_kind
from ygs_admin.jobs.models import Outcome

put = storage.put

def put_and_die(key, content, *, content_type):
    die("before the object")
    put(key, content, content_type=content_type)
    die("after the object")

def count(run):
    for [item] in run.items(size=1):
        with run.holding():
            Group.objects.create(name=f"made of {item.subject_id}")
            if item.position == 3:
                die("in a transaction")
            run.settle(item, Outcome.DONE)
        if item.position == 3:
            die("between two items")
    run.keep_file(b"counted", filename="counted.txt", content_type="text/plain")
    die("after everything")

storage.put = put_and_die
register_kind(JobKind("counting", "Counting", "users.export_user", count))
"""


@pytest.mark.parametrize(
    ("step", "runs"),
    [
        ("in a transaction", 2),
        ("between two items", 2),
        ("before the object", 2),
        ("after the object", 2),
        ("after everything", 1),
    ],
)
def test_another_worker_finishes_what_a_killed_one_began(kind, manager, step, runs):
    items = [JobItem(subject_id=str(number)) for number in range(1, ITEMS + 1)]
    job = Job.start(kind().key, by=manager, items=items)
    assert run_worker(COUNTING, step)[0] == KILLED
    half_a_minute_later()
    code, log = run_worker(COUNTING, "nowhere")
    assert code == 0, log
    done = Job.objects.get(pk=job.pk)
    assert (done.status, done.attempt, done.done_count, done.total) == (JobStatus.DONE, runs, ITEMS, ITEMS), log
    assert Group.objects.filter(name__startswith="made of").count() == ITEMS
    assert storage.read(done.result_key, max_bytes=100) == b"counted"
    sweep(now=True)
    there = [storage.exists(f"jobs/{job.pk}/{attempt}") for attempt in (1, 2)]
    assert there == [attempt == runs for attempt in (1, 2)]
    assert not PendingObject.objects.exists()
    assert not ProcrastinateJob.objects.filter(lock=job.pk).exists()


def test_a_worker_that_still_lives_keeps_its_job(kind, manager):
    job = Job.start(kind().key, by=manager, items=[JobItem(subject_id="1")])
    assert run_worker(COUNTING, "after everything")[0] == KILLED
    a_minute_begins()
    run_worker(COUNTING, "nowhere")
    assert ProcrastinateJob.objects.get(lock=job.pk).status == "doing"


STOPPING = """
import time
from ygs_admin.jobs.kinds import JobKind, register_kind

def stop(call_next, context, worker):
    # As SIGTERM does.
    if step == "asked to stop":
        worker.stop()
    return call_next()

def go_on(run):
    while step == "asked to stop":
        time.sleep(0.1)
        run.flush()

app.worker_defaults["task_middleware"].append(stop)
app.worker_defaults["shutdown_graceful_timeout"] = 0.5
register_kind(JobKind("counting", "Counting", "users.export_user", go_on))
"""


def test_a_worker_that_is_asked_to_stop_hands_its_job_to_another(kind, manager):
    job = Job.start(kind().key, by=manager)
    code, log = run_worker(STOPPING, "asked to stop")
    assert code == 0, log
    handed_on = Job.objects.get(pk=job.pk)
    assert (handed_on.status, handed_on.attempts_left) == (JobStatus.WAITING, ATTEMPTS), log
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    code, log = run_worker(STOPPING, "nowhere")
    assert (code, Job.objects.get(pk=job.pk).status) == (0, JobStatus.DONE), log
