"""Where jobs read: from the primary, unless they say otherwise, whatever another one has said: case 10."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from asgiref.sync import sync_to_async
from django.db import connections, router

from users.models import User
from ygs_admin.db.routing import current_reads, reading_from_replica
from ygs_admin.jobs.errors import RunAgainLaterError
from ygs_admin.jobs.working import work

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
SECONDS = 20


@pytest.fixture(autouse=True)
def replica_is_well(until_replica):
    until_replica()


def where() -> str:
    return router.db_for_read(User)


def test_a_job_reads_the_primary_and_leaves_no_decision_to_the_next_one(start):
    seen = []

    def read_and_fail(_run):
        seen.append(where())
        with reading_from_replica():
            seen.append(where())
            raise OSError

    job = start(read_and_fail)
    for _ in range(2):
        with pytest.raises(RunAgainLaterError):
            work(job.pk)
    assert seen == ["default", "replica"] * 2
    assert current_reads() is None


def test_jobs_of_one_worker_at_the_same_moment_have_each_a_decision_of_their_own(start):
    """The queue's worker runs each in a thread that takes over the context of its loop, and gives it back."""
    seen, together = {}, Barrier(2, timeout=SECONDS)

    def export(_run):
        with reading_from_replica():
            together.wait()
            seen["export"] = where()
            together.wait()

    def edit(_run):
        together.wait()
        seen["edit"] = where()
        together.wait()

    def run(job):
        try:
            work(job.pk)
        finally:
            connections.close_all()

    async def both():
        await asyncio.gather(*(sync_to_async(run, thread_sensitive=False)(job) for job in jobs))
        return current_reads()

    jobs = [start(export, key="export"), start(edit, key="edit")]
    # Playwright's interface runs a loop in the thread of the tests.
    with ThreadPoolExecutor(1) as beside:
        assert beside.submit(lambda: asyncio.run(both())).result(SECONDS) is None
    assert seen == {"export": "replica", "edit": "default"}
