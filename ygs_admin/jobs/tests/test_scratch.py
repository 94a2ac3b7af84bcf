"""Folders for what is too large for memory: nobody else's to read, and gone with the process."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ygs_admin.jobs import scratch
from ygs_admin.jobs.scratch import remove_abandoned, scratch_folder

ROOT = Path(scratch.__file__).parents[2]
KILLED = """
import os, signal
from ygs_admin.jobs.scratch import scratch_folder
with scratch_folder() as folder:
    (folder / "members").write_text("김철수")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_for_its_block_and_its_account_alone(temporary):
    with scratch_folder() as folder:
        (folder / "members").write_text("김철수")
        assert folder.parent == temporary
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(temporary.iterdir()) == []


def test_an_error_takes_it_away_too(temporary):
    with pytest.raises(ZeroDivisionError), scratch_folder():
        raise ZeroDivisionError
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_goes_with_the_next(temporary):
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [path.name for folder in temporary.iterdir() for path in folder.iterdir() if path.name != "lock"] == [
        "members"
    ]
    with scratch_folder() as folder:
        assert list(temporary.iterdir()) == [folder]
    assert list(temporary.iterdir()) == []


def test_what_is_in_use_stays(temporary):
    with scratch_folder() as folder:
        assert remove_abandoned() == 0
        assert folder.exists()
