"""The demo as its user meets it: another process, started and stopped by signals."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ygs_admin.demo.options import REPOSITORY
from ygs_admin.demo.ports import LOCALHOST, choose_port
from ygs_admin.demo.processes import started_at
from ygs_admin.demo.staff import NAMES

READY_SECONDS = 120
MEMBERS = 30


@dataclass
class RunningDemo:
    process: "subprocess.Popen[str]"
    ready: dict[str, Any]

    @property
    def pids(self) -> dict[str, int]:
        pids: dict[str, int] = self.ready["pids"]
        return pids

    def end(self, number: signal.Signals) -> str:
        """Send the signal to the demo's own process, and return what it had said."""
        self.process.send_signal(number)
        said, _nothing = self.process.communicate(timeout=60)
        return said

    def members(self, url: str = "database_url") -> list[tuple[str, ...]]:
        with psycopg.connect(self.ready[url]) as connection:
            return connection.execute("SELECT id, name FROM users ORDER BY id").fetchall()

    def connected(self) -> set[str]:
        """Return the roles in which the web server and the worker have connected."""
        query = "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'ygs' AND pid <> pg_backend_pid()"
        with psycopg.connect(self.ready["database_url"]) as connection:
            return {role for (role,) in connection.execute(query)}


@contextmanager
def running(folder: Path, port: int) -> Iterator[RunningDemo]:
    variables = {"DEMO_DIR": str(folder), "PORT": str(port), "MEMBERS": str(MEMBERS), "SEED": "7"}
    command = [sys.executable, "-m", "ygs_admin.demo", "run"]
    environment = os.environ | variables
    with subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield RunningDemo(process, _wait_until_ready(process, folder / "demo.json"))
        finally:
            with suppress(ProcessLookupError):
                process.terminate()


def _wait_until_ready(process: "subprocess.Popen[str]", file: Path) -> dict[str, Any]:
    deadline = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(FileNotFoundError):
            ready: dict[str, Any] = json.loads(file.read_text())
            if ready["pids"]["demo"] == process.pid:
                return ready
        time.sleep(0.05)
    process.terminate()
    pytest.fail(f"The demo was not ready: {process.communicate()[0]}")


@pytest.fixture(scope="module")
def demo_folder(lasting_folder: Path) -> Path:
    return lasting_folder / "demo"


def test_demo_says_how_to_reach_each_server_and_stops_without_leaving_a_process(demo_folder: Path) -> None:
    with running(demo_folder, choose_port(None, taken=())) as demo:
        assert (demo_folder / "demo.json").stat().st_mode & 0o777 == 0o600
        assert set(demo.ready["sign_ins"]) == set(NAMES)
        with urllib.request.urlopen(demo.ready["url"], timeout=10) as page:  # noqa: S310 - our own http URL
            assert page.status == 200
        assert len(demo.members()) == MEMBERS
        with psycopg.connect(demo.ready["replica_url"]) as standby:
            assert standby.execute("SELECT pg_is_in_recovery()").fetchone() == (True,)
        assert demo.connected() == {"ygs_console"}
        started = {name: started_at(pid) for name, pid in demo.pids.items()}
        assert None not in started.values()
        said = demo.end(signal.SIGTERM)
        assert demo.process.returncode == 0
    assert all(demo.ready["sign_ins"][role]["password"] in said for role in NAMES)
    assert {started_at(pid) for pid in demo.pids.values()} == {None}
    assert not (demo_folder / "demo.json").exists()


def test_second_start_keeps_members_and_sign_ins_and_replaces_a_port_in_use(demo_folder: Path) -> None:
    with running(demo_folder, choose_port(None, taken=())) as first:
        members, sign_ins = first.members(), first.ready["sign_ins"]
        first.end(signal.SIGINT)
    with socket.socket() as other:
        other.bind((LOCALHOST, 0))
        other.listen()
        taken = other.getsockname()[1]
        with running(demo_folder, taken) as second:
            assert second.ready["url"] != f"http://{LOCALHOST}:{taken}/"
            assert second.members() == members
            assert second.ready["sign_ins"] == sign_ins
            assert f"Port {taken} is in use" in second.end(signal.SIGINT)


def test_demo_that_was_killed_starts_again_with_its_data_and_ports(demo_folder: Path) -> None:
    port = choose_port(None, taken=())
    with running(demo_folder, port) as killed:
        members = killed.members()
        killed.end(signal.SIGKILL)
    with running(demo_folder, port) as again:
        assert again.ready["url"] == killed.ready["url"]
        assert again.ready["database_url"] == killed.ready["database_url"]
        assert again.members() == members
        again.end(signal.SIGTERM)
    ended = [*killed.pids.values(), *again.pids.values()]
    assert {started_at(pid) for pid in ended} == {None}
