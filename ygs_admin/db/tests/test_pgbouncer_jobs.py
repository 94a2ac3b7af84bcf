"""A worker of the queue behind PgBouncer, where no notification reaches it: a job that a page starts is done by it."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin import storage
from ygs_admin.demo.cluster import Cluster
from ygs_admin.demo.processes import Child, tail
from ygs_admin.demo.worker import queue_worker
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.staff.models import Staff
from ygs_admin.testing.pgbouncer import POOL_SIZE, PgBouncer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
SECONDS = 60.0
ASKED = {"reason": "분기 점검", "fields_chosen": ["name", "phone"], "format": "csv", "labels": "ko"}


@pytest.fixture
def worker(pooled: PgBouncer, tmp_path: Path) -> Iterator[Child]:
    """A process as in production, alive before there is anything to do."""
    process = queue_worker(os.environ | pooled.environment, tmp_path)
    process.start()
    try:
        until(is_there_one, process)
        yield process
    finally:
        process.stop()
        connections.close_all()


def until(condition: Callable[[], bool], worker: Child) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        worker.ensure_running()
        assert time.monotonic() < deadline, tail(worker.log)
        time.sleep(0.1)


def is_there_one() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return bool(cursor.fetchone()[0])


def listening(pooler: PgBouncer) -> int:
    """Count the channels that any of the connections to the primary listens to."""
    with ExitStack() as stack:
        found = 0
        for _ in range(POOL_SIZE):
            # A transaction that goes on keeps its connection from the next.
            session = stack.enter_context(psycopg.connect(pooler.environment["DATABASE_URL"], prepare_threshold=None))
            row = session.execute("SELECT count(*) FROM pg_listening_channels()").fetchone()
            found += row[0] if row else 0
    return found


def test_a_worker_does_what_a_page_starts(
    worker: Child, manager: Staff, make_member: Callable[..., User], cluster: Cluster, pooled: PgBouncer
) -> None:
    names = {make_member().name for _ in range(3)}
    cluster.wait_until_caught_up()
    client = Client()
    client.force_login(manager)
    assert client.post(reverse("users:export"), ASKED).status_code == 302
    job = Job.objects.get()
    until(lambda: Job.objects.get(pk=job.pk).is_finished, worker)
    done = Job.objects.get(pk=job.pk)
    assert (done.status, done.attempt) == (JobStatus.DONE, 1), tail(worker.log)
    file = storage.read(done.result_key, max_bytes=10_000)
    assert file is not None
    assert all(name in file.decode() for name in names)
    worker.stop()
    assert listening(pooled) == 0
