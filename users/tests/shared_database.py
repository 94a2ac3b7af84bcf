"""Databases whose shared tables the backend made, for tests in which both sides read and write.

They stand beside the test database, on the primary that the run started, and end with it. A test that uses one commits:
it works on rows of its own, and counts differences.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from sqlalchemy import URL

from users.tests.backend.sessions import Backend
from users.tests.backend.tables import create_tables

COLUMN_TYPES = {"timestamp": False, "timestamptz": True}
"""The types that the backend's time columns may have, and what `create_tables` calls them."""


@dataclass(frozen=True)
class SharedDatabase:
    name: str

    @property
    def url(self) -> str:
        primary = connections["default"].settings_dict
        url = URL.create(
            "postgres", primary["USER"], primary["PASSWORD"] or None, primary["HOST"], int(primary["PORT"]), self.name
        )
        return url.render_as_string(hide_password=False)

    @property
    def backend(self) -> Backend:
        return Backend(self.url)

    @contextmanager
    def as_default(self) -> Iterator[None]:
        """Let Django's `default` mean this database inside the block. Outside a request everything reads from it."""
        outer = connections["default"]
        inner = outer.copy()
        inner.settings_dict["NAME"] = self.name
        connections["default"] = inner
        try:
            yield
        finally:
            inner.close()
            connections["default"] = outer

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` on this database, in a process of its own, with the backend as the owner of the schema."""
        environment = os.environ | {
            "DATABASE_URL": self.url,
            "DATABASE_REPLICA_URLS": "",
            "SCHEMA_OWNER": "backend",
        }
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def migrate(self) -> None:
        result = self.manage("migrate", "--verbosity=0")
        assert result.returncode == 0, result.stderr


def create_database(*, encoding: str = "UTF8", ctype: str = "C.UTF-8") -> SharedDatabase:
    """Create an empty database."""
    name = f"shared_{secrets.token_hex(4)}"
    maintenance = connections["default"].get_connection_params() | {"dbname": "postgres"}
    with psycopg.connect(**maintenance, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE '{ctype}'"
        )
    return SharedDatabase(name)


def create_backend_database(*, aware: bool) -> SharedDatabase:
    """Create a database as the backend leaves it: its own tables and nothing of the console's."""
    database = create_database()
    create_tables(database.url, aware=aware)
    return database


def create_live_database(*, aware: bool) -> SharedDatabase:
    """Create a database in which the backend made its tables and the console added its own objects; no rows."""
    database = create_backend_database(aware=aware)
    database.migrate()
    return database


@cache
def live_database(*, aware: bool) -> SharedDatabase:
    """Return the one such database of the run that all tests write to."""
    return create_live_database(aware=aware)


@pytest.fixture(params=COLUMN_TYPES)
def backend(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[Backend]:
    """The backend beside the console on one database, over time columns of either type."""
    database = live_database(aware=COLUMN_TYPES[request.param])
    with django_db_blocker.unblock(), database.as_default():
        yield database.backend
