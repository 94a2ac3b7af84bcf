import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connections

from ygs_admin.demo.cluster import Cluster
from ygs_admin.testing.plugin import FOLDER_PREFIX, remove_abandoned_folders


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_replica_alias_reads_the_test_database_on_the_standby(standby_caught_up: Callable[[], None]) -> None:
    Group.objects.using("default").create(name="seen on the standby")
    standby_caught_up()
    assert Group.objects.using("replica").filter(name="seen on the standby").exists()
    with connections["replica"].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), current_database()")
        assert cursor.fetchone() == (True, connections["default"].settings_dict["NAME"])


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_paused_replay_is_real_lag(paused_replay: Cluster) -> None:
    Group.objects.using("default").create(name="not there yet")
    assert not Group.objects.using("replica").filter(name="not there yet").exists()


@pytest.mark.parametrize("arguments", [["--collect-only", "-q"], ["--help"]])
def test_looking_starts_no_server_and_leaves_no_folder(arguments: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", *arguments, __file__]
    environment = os.environ | {"TMPDIR": str(tmp_path), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.glob(f"{FOLDER_PREFIX}*")) == []


def test_folder_of_a_killed_run_is_removed_and_that_of_a_live_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    abandoned, live = (tmp_path / f"{FOLDER_PREFIX}{name}" for name in ("abandoned", "live"))
    for folder in (abandoned, live):
        folder.mkdir()
        (folder / "lock").touch()
    with (live / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        remove_abandoned_folders()
        assert not abandoned.exists()
        assert live.exists()
