"""The demo's worker of the queue, as in production: `manage.py procrastinate worker`."""

import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from ygs_admin.demo.options import REPOSITORY
from ygs_admin.demo.processes import Child


def queue_worker(environment: Mapping[str, str], logs: Path) -> Child:
    return Child(
        name="The worker of the queue",
        command=[sys.executable, "manage.py", "procrastinate", "worker"],
        folder=REPOSITORY,
        log=logs / "worker.log",
        pid_file=logs / "worker.pid",
        stop_signal=signal.SIGTERM,
        stop_seconds=10,
        environment=environment,
    )
