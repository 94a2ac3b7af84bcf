"""Real workers of the queue, as processes of their own that die where a test wants them to."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 60
KILLED = -9
BEGINNING = """
import os, signal, sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from procrastinate.contrib.django import app

step = sys.argv[2]

def die(here):
    if step == here:
        os.kill(os.getpid(), signal.SIGKILL)
"""
END = """
with app.replace_connector(app.connector.get_worker_connector()) as working:
    working.run_worker(wait=False, concurrency=1, install_signal_handlers=False, listen_notify=False)
"""


def run_worker(program: str, step: str) -> tuple[int, str]:
    """Run a worker until it is killed, or there is nothing left in the queue; return its exit code and its log.

    `program` is run before it begins, and calls `die("…")` wherever it may be killed: it is where `step` says so.
    """
    from django.db import connection  # noqa: PLC0415 - loads Django's settings

    command = [sys.executable, "-c", BEGINNING + program + END, connection.settings_dict["NAME"], step]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ, check=False, capture_output=True, timeout=SECONDS)
    return ended.returncode, ended.stderr.decode()[-3000:]


def half_a_minute_later() -> None:
    """Let it be time to take killed workers for dead."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")
    a_minute_begins()


def a_minute_begins() -> None:
    from procrastinate.contrib.django import app  # noqa: PLC0415
    from procrastinate.exceptions import AlreadyEnqueued  # noqa: PLC0415

    # Unless a worker was alive when a minute began, and has done so.
    with suppress(AlreadyEnqueued):
        app.configure_task("ygs_admin.jobs.tasks.retry_stalled", queueing_lock="jobs.retry_stalled").defer(timestamp=0)
