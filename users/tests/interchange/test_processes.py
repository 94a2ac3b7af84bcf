"""Imports as processes of their own: killed or stopped in the middle, side by side, and with a long file."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from users.models import User, UserAccessAudit, UserProfile
from users.tests.interchange.files import numbered, write_members
from users.tests.shared_database import SharedDatabase

pytestmark = pytest.mark.django_db(transaction=True)

SHORT_HEADER = ("이름", "휴대폰", "성별", "생년")
GROWTH_KB = 8 * 1024
"""What nine tenths more of the rows may add to an import's memory. Kept, they would add several times as much."""


MANAGE = "from django.core.management import execute_from_command_line as run; import sys; run(sys.argv)"
# The kernel's own record since the program began; a child's `ru_maxrss` begins with what its parent had used.
PRINT_PEAK = "; print(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')), end='')"


def start_import(file: Path, *options: str, then: str = "") -> subprocess.Popen[str]:
    database = SharedDatabase(str(connections["default"].settings_dict["NAME"]))
    return subprocess.Popen(
        [sys.executable, "-c", MANAGE + then, "import_members", str(file), *options],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": database.url, "DATABASE_REPLICA_URLS": "", "DJANGO_SETTINGS_MODULE": "ygs_admin.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    return output


def peak_memory(file: Path, *options: str) -> int:
    """Import the file; return the most memory that the process had at a time, in kilobytes."""
    last_line = finish(start_import(file, *options, then=PRINT_PEAK)).splitlines()[-1]
    return int(last_line.split()[1])


def wait_for_members(number: int, process: subprocess.Popen[str]) -> None:
    while process.poll() is None and User.objects.count() < number:
        time.sleep(0.01)


def test_an_import_killed_in_the_middle_is_finished_by_running_it_again(tmp_path: Path) -> None:
    file = write_members(tmp_path / "members.csv", *map(numbered, range(5_000)))
    process = start_import(file)
    wait_for_members(1_000, process)
    process.kill()
    process.communicate()
    survived = User.objects.count()
    assert 1_000 <= survived < 5_000
    assert UserProfile.objects.count() == UserAccessAudit.objects.filter(action="create").count() == survived

    assert f"{5_000 - survived:,} created, {survived:,} unchanged" in finish(start_import(file, "--language", "en"))
    assert User.objects.count() == UserProfile.objects.count() == 5_000
    assert UserAccessAudit.objects.filter(action="create").count() == 5_000


def interrupt(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)


def cut_off(_process: subprocess.Popen[str]) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )


@pytest.mark.parametrize(("stop", "exit_code"), [(interrupt, 130), (cut_off, 2)])
def test_an_import_that_is_stopped_says_how_far_it_came(
    tmp_path: Path, stop: Callable[[subprocess.Popen[str]], None], exit_code: int
) -> None:
    file = write_members(tmp_path / "members.csv", *map(numbered, range(5_000)))
    process = start_import(file, "--language", "en")
    wait_for_members(1_000, process)
    stop(process)
    _output, errors = process.communicate(timeout=60)
    assert process.returncode == exit_code
    assert "Traceback" not in errors
    said = re.search(r"Stopped after ([\d,]+) rows", errors)
    assert said is not None, errors
    assert 500 <= int(said[1].replace(",", "")) <= User.objects.count() < 5_000


def test_two_imports_of_one_file_at_the_same_moment_create_everybody_once(tmp_path: Path) -> None:
    rows = list(map(numbered, range(3_000)))
    forwards = write_members(tmp_path / "forwards.csv", *rows)
    backwards = write_members(tmp_path / "backwards.csv", *reversed(rows))
    for process in [start_import(file) for file in (forwards, backwards)]:
        finish(process)
    assert User.objects.count() == UserProfile.objects.count() == 3_000
    assert UserAccessAudit.objects.filter(action="create").count() == 3_000


@pytest.mark.parametrize(("short", "long", "options"), [(10_000, 100_000, ["--dry-run"]), (1_000, 10_000, [])])
def test_ten_times_the_rows_need_no_more_memory(tmp_path: Path, short: int, long: int, options: list[str]) -> None:
    """Reading and judging on a hundred thousand rows; writing too, which takes ten times as long, on fewer."""
    peaks = []
    for rows in (short, long):
        file = tmp_path / f"{rows}.csv"
        write_members(file, *(numbered(number)[:4] for number in range(rows)), header=SHORT_HEADER)
        peaks.append(peak_memory(file, *options))
    assert peaks[1] - peaks[0] < GROWTH_KB
