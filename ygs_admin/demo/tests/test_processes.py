import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ygs_admin.demo.errors import DemoError
from ygs_admin.demo.processes import Child, end_all_left_over, end_left_over, ended_within, started_at

DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
PARENT = """
import sys, time
from pathlib import Path
from ygs_admin.demo.processes import Child
folder = Path(sys.argv[1])
child = Child("orphan", ["sleep", "60"], folder, folder / "log", folder / "orphan.pid")
child.start()
print(child.pid, flush=True)
time.sleep(60)
"""


def child_in(folder: Path, *command: str, stop_seconds: float = 5) -> Child:
    return Child("A server", command, folder, folder / "log", folder / "server.pid", stop_seconds=stop_seconds)


def test_stopped_child_is_gone_and_so_is_its_pid_file(tmp_path: Path) -> None:
    child = child_in(tmp_path, "sleep", "60")
    child.start()
    pid = child.pid
    assert pid is not None
    assert json.loads(child.pid_file.read_text())["pid"] == pid
    child.stop()
    assert started_at(pid) is None
    assert not child.pid_file.exists()


def test_child_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    child = child_in(tmp_path, sys.executable, "-c", DEAF, stop_seconds=0.2)
    child.start()
    while "deaf" not in child.log.read_text():
        child.ensure_running()
    child.stop()
    assert not child.is_running


def test_child_that_ended_by_itself_is_reported_with_its_log(tmp_path: Path) -> None:
    child = child_in(tmp_path, "sh", "-c", "echo no such table; exit 3")
    child.start()
    assert child.process is not None
    child.process.wait()
    with pytest.raises(DemoError, match="no such table"):
        child.ensure_running()
    child.stop()


def test_next_start_ends_what_a_killed_run_left(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as left:
        entry = {"pid": left.pid, "started": started_at(left.pid)}
        (tmp_path / "server.pid").write_text(json.dumps(entry))
        end_all_left_over(tmp_path)
        assert left.wait(5) == -signal.SIGINT
    assert not (tmp_path / "server.pid").exists()


def test_another_process_that_got_the_same_number_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        pid_file = tmp_path / "server.pid"
        pid_file.write_text(json.dumps({"pid": other.pid, "started": "an earlier boot/123"}))
        end_left_over(pid_file, signal.SIGKILL, 1)
        assert other.poll() is None
        other.kill()


def test_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        started = started_at(pid)
        parent.kill()
        parent.wait()
    assert started is not None
    assert ended_within(pid, started, seconds=5)
