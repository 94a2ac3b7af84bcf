"""Waiting for a job at the command line."""

import time
from collections.abc import Callable

from .models import Job

SECONDS = 0.5
"""How often the job is looked at."""


def wait_for(job: Job, *, told: Callable[[Job], object]) -> None:
    """Return once the job is finished; `told` is called with it now and again, and last when it is."""
    while not job.is_finished:
        time.sleep(SECONDS)
        job.refresh_from_db()
        told(job)
