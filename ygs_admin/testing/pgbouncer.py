"""PgBouncer before a pair of nodes, with the very lines that README.md tells operators to have."""

import re
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from configparser import ConfigParser
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from ygs_admin.demo.accounts import ServerAccount, server_account
from ygs_admin.demo.cluster import APPLICATION, Cluster
from ygs_admin.demo.errors import DemoError
from ygs_admin.demo.options import REPOSITORY
from ygs_admin.demo.ports import LOCALHOST, choose_port
from ygs_admin.demo.processes import POLL_SECONDS, Child, tail
from ygs_admin.testing.pgbouncer_program import Program, find_pgbouncer

EXAMPLE = re.compile(r"```ini\n(.*?)```", re.DOTALL)
ADMIN = "pgbouncer"
PRIMARY, REPLICA = "ygs", "ygs_replica"
"""The names by which README.md's lines lead to the nodes."""
POOL_SIZE = 4
START_SECONDS = 20.0
OWN = {
    "listen_addr": LOCALHOST,
    "unix_socket_dir": "",
    "auth_type": "scram-sha-256",
    "admin_users": APPLICATION,
    "default_pool_size": str(POOL_SIZE),
}


@dataclass
class PgBouncer:
    """One process on 127.0.0.1. It leads to the `database` of both nodes, and holds nothing that would survive it."""

    program: Program
    folder: Path
    cluster: Cluster
    database: str
    account: ServerAccount = field(default_factory=server_account)
    port: int = field(default_factory=lambda: choose_port(None, ()))

    def __post_init__(self) -> None:
        self.child = Child(
            name="PgBouncer",
            command=[self.program.path, str(self.folder / "pgbouncer.ini")],
            folder=self.folder,
            log=self.folder / "pgbouncer.log",
            pid_file=self.folder / "pgbouncer.pid",
            # Asked politely it would wait for its clients.
            stop_signal=signal.SIGKILL,
            environment=self.program.environment,
            account=self.account,
        )

    @property
    def environment(self) -> dict[str, str]:
        """What the console's settings read to come in here."""
        return {
            "DATABASE_POOLER": "transaction",
            "DATABASE_URL": self._url(PRIMARY),
            "DATABASE_REPLICA_URLS": self._url(REPLICA),
        }

    def _url(self, name: str) -> str:
        return f"postgres://{APPLICATION}:{quote(self.cluster.password)}@{LOCALHOST}:{self.port}/{name}"

    def start(self) -> None:
        """Start, and return once it lets in. From the main thread, see `processes.Child`."""
        self._write("userlist.txt", f'"{APPLICATION}" "{self.cluster.password}"\n')
        self.configure()
        self.child.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._lets_in():
            self.child.ensure_running()
            if time.monotonic() > deadline:
                raise DemoError(f"PgBouncer lets nobody in after {START_SECONDS:.0f} s:\n{tail(self.child.log)}")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        self.child.stop()

    def configure(self, cluster: Cluster | None = None, **sections: Mapping[str, str]) -> None:
        """Write README.md's lines, for this pair of nodes or another, with these changes of its sections.

        `RELOAD` makes them hold.
        """
        lines = ConfigParser(interpolation=None)
        lines.read_string(_example(cluster or self.cluster, self.database))
        place = {"listen_port": str(self.port), "auth_file": str(self.folder / "userlist.txt")}
        lines.read_dict({"pgbouncer": OWN | place})
        lines.read_dict(sections)
        with (self.folder / "pgbouncer.ini").open("w") as ini:
            lines.write(ini)
        self.account.own(self.folder / "pgbouncer.ini")

    def ask(self, command: str) -> list[tuple[object, ...]]:
        """Run a command of its console, such as `RELOAD` or `SHOW POOLS`."""
        with psycopg.connect(self._url(ADMIN), autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
            cursor = connection.execute(command.encode())
            return cursor.fetchall() if cursor.description else []

    def _lets_in(self) -> bool:
        try:
            return bool(self.ask("SHOW VERSION"))
        except psycopg.OperationalError:
            return False

    def _write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.touch(0o600)
        path.write_text(text)
        self.account.own(path)


def _example(cluster: Cluster, database: str) -> str:
    found = EXAMPLE.search((REPOSITORY / "README.md").read_text())
    if found is None:
        raise DemoError("README.md shows no lines for pgbouncer.ini.")
    lines = found[1].replace(" dbname=ygs", f" dbname={database}")
    for name, node in (("primary", cluster.primary), ("standby", cluster.standby)):
        lines = lines.replace(f"host={name}", f"host={LOCALHOST} port={node.port}")
    return lines


@pytest.fixture(scope="session")
def pgbouncer_program() -> Iterator[Program]:
    with tempfile.TemporaryDirectory(prefix="ygs-package-") as name:
        # The account that runs it for root passes through.
        Path(name).chmod(0o711)
        yield find_pgbouncer(Path(name))


@pytest.fixture
def pgbouncer(transactional_db: None, cluster: Cluster, pgbouncer_program: Program) -> Iterator[PgBouncer]:
    """PgBouncer before the run's own nodes, with `POOL_SIZE` connections to each."""
    from django.db import connection  # noqa: PLC0415 - loads Django's settings

    with tempfile.TemporaryDirectory(prefix="ygs-pgbouncer-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        pooler = PgBouncer(pgbouncer_program, folder, cluster, connection.settings_dict["NAME"])
        try:
            pooler.start()
            yield pooler
        finally:
            pooler.stop()
