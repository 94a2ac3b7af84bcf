"""Servers as children: each leads its own process group, writes to its own log, and is found again after a crash."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ygs_admin.demo.accounts import ServerAccount
from ygs_admin.demo.errors import DemoError

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.02
LEFT_OVER_SECONDS = 10.0
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """One server process.

    The file at `pid_file` names the process and the moment it was started, so that a later run can end it, and never
    another that got the same number. The kernel sends `stop_signal` to the child when the thread that started it
    ends, even by SIGKILL: start servers from the main thread.
    """

    name: str
    command: Sequence[str]
    folder: Path
    log: Path
    pid_file: Path
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 20.0
    environment: Mapping[str, str] | None = None
    account: ServerAccount | None = None
    process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        """End what an earlier run left under this name, then start anew. Does not wait until the server answers."""
        end_left_over(self.pid_file, self.stop_signal, self.stop_seconds)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.command),
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=self._end_with_parent,  # noqa: PLW1509 - calls one system call, allocates nothing
                **(self.account.identity if self.account else {}),
            )
        self.pid_file.write_text(json.dumps({"pid": self.process.pid, "started": started_at(self.process.pid)}))

    def _end_with_parent(self) -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, self.stop_signal)

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ensure_running(self) -> None:
        """Raise `DemoError` with the end of the log when the process is gone."""
        if not self.is_running:
            raise DemoError(f"{self.name} ended by itself. The end of {self.log}:\n{tail(self.log)}")

    def stop(self, stop_signal: signal.Signals | None = None) -> None:
        """Ask the server to end, and kill its whole group when it has not after `stop_seconds`. Idempotent."""
        if self.process is None:
            return
        self._signal_leader(stop_signal or self.stop_signal)
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None
        self.pid_file.unlink(missing_ok=True)

    def kill(self) -> None:
        """SIGKILL to the whole group, as a crash would; the pid file stays, as it would."""
        if self.process is None:
            return
        # Until it is waited for, the process keeps its number, so that the group cannot be anyone else's.
        if self.process.poll() is None:
            workers = {pid: started_at(pid) for pid in children_of(self.process.pid)}
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            for pid, started in workers.items():
                ended_within(pid, started, self.stop_seconds)
        self.process = None

    def send_to_all(self, number: signal.Signals) -> None:
        """Send a signal to the server and its own processes: SIGSTOP lets it hang, SIGCONT go on."""
        if self.process is not None and self.process.poll() is None:
            for pid in (self.process.pid, *children_of(self.process.pid)):
                with suppress(ProcessLookupError):
                    os.kill(pid, number)

    def _signal_leader(self, number: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)


def end_left_over(pid_file: Path, stop_signal: signal.Signals, seconds: float) -> None:
    """End the process that the file names, if it still is the one that was started then; the file goes either way."""
    try:
        entry = json.loads(pid_file.read_text())
    except (FileNotFoundError, ValueError):
        return
    pid, started = int(entry["pid"]), entry["started"]
    if started is not None and started_at(pid) == started:
        os.kill(pid, stop_signal)
        if not ended_within(pid, started, seconds):
            os.killpg(pid, signal.SIGKILL)
            ended_within(pid, started, seconds)
    pid_file.unlink(missing_ok=True)


def end_all_left_over(logs: Path) -> None:
    """End every server that a killed run left in this folder, so that its ports are free again."""
    for pid_file in sorted(logs.glob("*.pid"), reverse=True):
        end_left_over(pid_file, signal.SIGINT, LEFT_OVER_SECONDS)


def ended_within(pid: int, started: str | None, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while started is not None and started_at(pid) == started:
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def started_at(pid: int) -> str | None:
    """When a live process was started, in a form to compare: the boot, and ticks since then; None if it is gone."""
    fields = _stat(pid)
    if not fields or fields[0] == "Z":
        return None
    boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return f"{boot}/{fields[19]}"


def children_of(pid: int) -> list[int]:
    everyone = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [other for other in everyone if _stat(other)[1:2] == [str(pid)]]


def command_line(pid: int) -> list[str]:
    """Program and arguments of a live process, empty for one that is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")
    except (FileNotFoundError, ProcessLookupError):
        return []


def _stat(pid: int) -> list[str]:
    """The fields of proc(5)'s `stat` from the third on: state, parent, …; empty for a process that is gone."""
    try:
        # The command's name before them stands in parentheses and may hold spaces and parentheses itself.
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def tail(log: Path, lines: int = 15) -> str:
    if not log.exists():
        return "(no log)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
