"""Working off the queue in the tests' own process, over the tests' own connection."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Return a function that works off what waits in the queue, and returns how many runs that took.

    It sees what the test's transaction holds, so it needs no `transaction=True`. What is to be run again is run again
    at once; what fails for good is left as failed, as a worker does, and raises nothing.
    """
    return work_off


def work_off() -> int:
    runs = 0
    while (task := _fetch()) is not None:
        runs += 1
        _run(task)
    return runs


def _fetch() -> Any:
    from procrastinate import jobs, sql  # noqa: PLC0415 - loads Django's settings
    from procrastinate.contrib.django import app  # noqa: PLC0415

    connector: Any = app.connector
    row = connector.execute_query_one(query=sql.queries["fetch_job"], queues=None, worker_id=None)
    if row["id"] is None:
        return None
    # Django's connection leaves JSON as text.
    return jobs.Job.from_row(row | {"args": json.loads(row["args"])})


def _run(job: Any) -> None:
    from procrastinate.contrib.django import app  # noqa: PLC0415
    from procrastinate.job_context import JobContext  # noqa: PLC0415

    task = app.tasks[job.task_name]
    context = JobContext(app=app, job=job, start_timestamp=0.0, abort_reason=lambda: None)
    try:
        task(*([context] if task.pass_context else []), **job.task_kwargs)
    except Exception as error:  # noqa: BLE001 - as a worker does
        if task.get_retry_exception(exception=error, job=job):
            app.job_manager.retry_job_by_id(job_id=job.id, retry_at=LONG_AGO)
        else:
            _finish(job, "failed")
    else:
        _finish(job, "succeeded")


def _finish(job: Any, status: str) -> None:
    from procrastinate import sql  # noqa: PLC0415
    from procrastinate.contrib.django import app  # noqa: PLC0415

    connector: Any = app.connector
    is_kept = status == "failed"
    connector.execute_query(query=sql.queries["finish_job"], job_id=job.id, status=status, delete_job=not is_kept)
