"""The production web server of the demo: gunicorn on 127.0.0.1."""

import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from ygs_admin.demo.errors import DemoError
from ygs_admin.demo.options import REPOSITORY
from ygs_admin.demo.ports import LOCALHOST
from ygs_admin.demo.processes import POLL_SECONDS, Child, tail

START_SECONDS = 60.0
WORKERS = 2
THREADS = 4
SERVER_ERRORS = 500


def web_server(port: int, environment: Mapping[str, str], logs: Path) -> Child:
    options = [
        f"--bind={LOCALHOST}:{port}",
        "--worker-class=gthread",
        f"--workers={WORKERS}",
        f"--threads={THREADS}",
        "--graceful-timeout=5",
        "--access-logfile=-",
        # The path without the query: what is searched for is nobody else's business.
        '--access-logformat=%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(L)s',
        "--no-control-socket",
    ]
    return Child(
        name="The web server",
        command=[sys.executable, "-m", "gunicorn", *options, "ygs_admin.wsgi:application"],
        folder=REPOSITORY,
        log=logs / "web.log",
        pid_file=logs / "web.pid",
        stop_signal=signal.SIGTERM,
        stop_seconds=10,
        environment=environment,
    )


def wait_until_ready(server: Child, url: str, seconds: float = START_SECONDS) -> None:
    """Until the first page is answered; an error of the console there is a `DemoError` with the end of its log."""
    deadline = time.monotonic() + seconds
    try:
        while not _answers(url):
            server.ensure_running()
            if time.monotonic() > deadline:
                raise DemoError(f"The console does not answer at {url} after {seconds:.0f} s:\n{tail(server.log)}")
            time.sleep(POLL_SECONDS * 5)
    except urllib.error.HTTPError as error:
        raise DemoError(f"The console answers {error.code} at {error.url}:\n{tail(server.log)}") from error


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10):  # noqa: S310 - our own http URL
            return True
    except urllib.error.HTTPError as error:
        if error.code >= SERVER_ERRORS:
            raise
        return True
    except OSError:
        return False
