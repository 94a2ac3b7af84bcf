"""Real workers, killed by SIGKILL wherever it hurts: another finishes the job, and nothing is done twice."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from ygs_admin import storage
from ygs_admin.jobs.models import Job, JobItem, JobStatus
from ygs_admin.uploads.keeping import sweep
from ygs_admin.uploads.models import PendingObject

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]
ITEMS = 6
SECONDS = 60
WORKER = """
import os, signal, sys
import django
django.setup()
from django.contrib.auth.models import Group
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from procrastinate.contrib.django import app
from ygs_admin import storage
from ygs_admin.jobs.kinds import JobKind, register_kind
from ygs_admin.jobs.models import Outcome

step, put = sys.argv[2], storage.put

def die(here):
    if step == here:
        os.kill(os.getpid(), signal.SIGKILL)

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
with app.replace_connector(app.connector.get_worker_connector()) as working:
    working.run_worker(wait=False, concurrency=1, install_signal_handlers=False, listen_notify=False)
"""


def run_worker(step):
    """Run a worker until it is killed, or there is nothing left in the queue; return its exit code."""
    database = connection.settings_dict["NAME"]
    command = [sys.executable, "-c", WORKER, database, step]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, check=False, capture_output=True, timeout=SECONDS)
    return ended.returncode, ended.stderr.decode()[-3000:]


def half_a_minute_later():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")
    a_minute_begins()


def a_minute_begins():
    # Unless a worker was alive when a minute began, and has done so.
    with suppress(AlreadyEnqueued):
        app.configure_task("ygs_admin.jobs.tasks.retry_stalled", queueing_lock="jobs.retry_stalled").defer(timestamp=0)


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
    assert run_worker(step)[0] == -9
    half_a_minute_later()
    code, log = run_worker("nowhere")
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
    assert run_worker("after everything")[0] == -9
    a_minute_begins()
    run_worker("nowhere")
    assert ProcrastinateJob.objects.get(lock=job.pk).status == "doing"
