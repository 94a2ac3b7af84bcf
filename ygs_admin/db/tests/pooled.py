"""The console behind PgBouncer: its databases as the settings have them in a process of that environment."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from ygs_admin.db.tests.nodes import alias_of
from ygs_admin.demo.options import REPOSITORY
from ygs_admin.testing.pgbouncer import PgBouncer

PROGRAM = "import json; from ygs_admin import settings; print(json.dumps(settings.DATABASES))"


def settings_with(environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Load the settings with these variables; the output is the databases, or why not."""
    command = [sys.executable, "-c", PROGRAM]
    return subprocess.run(
        command, cwd=REPOSITORY, env=os.environ | environment, capture_output=True, text=True, check=False
    )


@contextmanager
def behind(pooler: PgBouncer) -> Iterator[None]:
    loaded = settings_with(pooler.environment)
    databases: dict[str, dict[str, Any]] = json.loads(loaded.stdout)
    del databases["replica"]["TEST"]
    with alias_of("default", **databases["default"]), alias_of("replica", **databases["replica"]):
        yield


@pytest.fixture
def pooled(pgbouncer: PgBouncer) -> Iterator[PgBouncer]:
    """Both aliases lead through PgBouncer."""
    with behind(pgbouncer):
        yield pgbouncer
