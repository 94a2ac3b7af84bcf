"""One PostgreSQL server: its data folder, its settings, its life."""

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from ygs_admin.demo.accounts import ServerAccount
from ygs_admin.demo.binaries import Binaries
from ygs_admin.demo.errors import DemoError
from ygs_admin.demo.ports import LOCALHOST
from ygs_admin.demo.processes import POLL_SECONDS, Child, command_line, tail

SUPERUSER = "postgres"
START_SECONDS = 60.0
FAST_STOP = signal.SIGINT
IMMEDIATE_STOP = signal.SIGQUIT


@dataclass
class Node:
    """A server that listens on 127.0.0.1 alone, without Unix sockets, whose paths have a short limit.

    `conditions` are the settings of its role and of this run; they are written before each start.
    """

    name: str
    data: Path
    port: int
    password: str = field(repr=False)
    binaries: Binaries
    account: ServerAccount
    logs: Path
    conditions: dict[str, str] = field(default_factory=dict)
    child: Child = field(init=False)

    def __post_init__(self) -> None:
        self.child = Child(
            name=f"PostgreSQL {self.name}",
            command=[self.binaries["postgres"], "-D", str(self.data)],
            folder=self.data,
            log=self.logs / f"{self.name}.log",
            pid_file=self.logs / f"{self.name}.pid",
            stop_signal=FAST_STOP,
            account=self.account,
        )

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    @property
    def is_running(self) -> bool:
        return self.child.is_running

    def conninfo(self, database: str = "postgres") -> str:
        return make_conninfo(
            host=LOCALHOST, port=self.port, user=SUPERUSER, password=self.password, dbname=database, connect_timeout=3
        )

    def connect(self, database: str = "postgres") -> psycopg.Connection[tuple[Any, ...]]:
        """A superuser's connection in autocommit; the caller closes it."""
        return psycopg.connect(self.conninfo(database), autocommit=True)

    def ask(self, query: LiteralString | sql.Composed, *values: object, database: str = "postgres") -> Any:
        """The first column of the first row, None without a row; by a connection of its own."""
        with self.connect(database) as connection:
            cursor = connection.execute(query, values)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def initialise(self) -> None:
        """`initdb` into a neighbouring folder that takes its place only when complete."""
        unfinished = self._unfinished()
        password_file = unfinished.with_suffix(".password")
        password_file.touch(0o600)
        password_file.write_text(self.password)
        self.account.own(password_file)
        try:
            self._run(
                "initdb", f"--pgdata={unfinished}", f"--username={SUPERUSER}", f"--pwfile={password_file}",
                "--encoding=UTF8", f"--locale={utf8_locale()}", "--auth=scram-sha-256",
                "--no-sync", "--no-instructions",
            )  # fmt: skip
        finally:
            password_file.unlink()
        unfinished.rename(self.data)

    def copy_of(self, primary: "Node", slot: str) -> None:
        """Replace this node by a fresh streaming copy of a running primary."""
        unfinished = self._unfinished()
        conninfo = make_conninfo(host=LOCALHOST, port=primary.port, user=SUPERUSER)
        self._run(
            "pg_basebackup", f"--pgdata={unfinished}", f"--dbname={conninfo}", f"--slot={slot}", "--checkpoint=fast",
            "--wal-method=stream", "--no-sync", password=primary.password,
        )  # fmt: skip
        (unfinished / "standby.signal").touch()
        self.account.own(unfinished / "standby.signal")
        shutil.rmtree(self.data, ignore_errors=True)
        unfinished.rename(self.data)

    def _unfinished(self) -> Path:
        unfinished = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        return unfinished

    def _run(self, program: str, *arguments: str, password: str = "") -> None:
        # The password goes by the environment: the arguments of a process can be read by everybody on the machine.
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PGPASSWORD": password}
        done = subprocess.run(
            [self.binaries[program], *arguments], cwd=self.data.parent, env=environment, capture_output=True, text=True,
            check=False, **self.account.identity,
        )  # fmt: skip
        if done.returncode != 0:
            raise DemoError(f"{program} failed:\n{done.stderr.strip()}")

    def launch(self) -> None:
        """Start without waiting; `wait_until_ready` does. From the main thread, see `Child`."""
        self._write_conditions()
        self._forget_foreign_postmaster()
        self.child.start()

    def start(self) -> None:
        self.launch()
        self.wait_until_ready()

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Until it answers queries; recovery after a crash counts as starting."""
        deadline = time.monotonic() + seconds
        while True:
            self.child.ensure_running()
            try:
                self.ask("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    message = f"PostgreSQL {self.name} does not answer after {seconds:.0f} s:\n{tail(self.child.log)}"
                    raise DemoError(message) from None
                time.sleep(POLL_SECONDS)
            else:
                return

    def stop(self, stop_signal: signal.Signals = FAST_STOP) -> None:
        """Fast by default: clients are cut off, all is written. Immediate (SIGQUIT): the next start has to recover."""
        self.child.stop(stop_signal)

    def kill(self) -> None:
        """As a crash: SIGKILL to the postmaster; returns once its backends have seen that and ended."""
        self.child.kill()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Let it take connections and statements, and answer none, inside the block."""
        self.child.send_to_all(signal.SIGSTOP)
        try:
            yield
        finally:
            self.child.send_to_all(signal.SIGCONT)

    def promote(self) -> None:
        """Make a standby writable, on a timeline of its own; there is no way back but a fresh copy."""
        if not self.ask("SELECT pg_promote(true, 30)"):
            raise DemoError(f"PostgreSQL {self.name} was not promoted:\n{tail(self.child.log)}")

    def alter(self, setting: LiteralString, value: str | None) -> None:
        """Change a setting of the running server, None for what the file says, and keep it over restarts."""
        name = sql.Identifier(setting)
        with self.connect() as connection:
            if value is None:
                connection.execute(sql.SQL("ALTER SYSTEM RESET {}").format(name))
            else:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(name, sql.Literal(value)))
            connection.execute("SELECT pg_reload_conf()")

    def _write_conditions(self) -> None:
        address = {"listen_addresses": LOCALHOST, "port": str(self.port), "unix_socket_directories": ""}
        lines = [f"{name} = '{_escaped(value)}'\n" for name, value in (address | self.conditions).items()]
        path = self.data / "postgresql.conf"
        path.write_text("".join(lines))
        path.chmod(0o600)
        self.account.own(path)

    def _forget_foreign_postmaster(self) -> None:
        """PostgreSQL does not start while a stale `postmaster.pid` names any live process, though it is another's."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        arguments = command_line(int(lock.read_text().split("\n", 1)[0]))
        # One that is gone is left to PostgreSQL, which then also looks whether its shared memory is still in use.
        if arguments and str(self.data) not in arguments:
            lock.unlink()


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def utf8_locale() -> str:
    """A locale with UTF-8 character classes, without which pg_trgm and upper() know no Korean; C.UTF-8 if there is."""
    listed = subprocess.run(["/usr/bin/env", "locale", "-a"], capture_output=True, text=True, check=False)
    known = {name: name.lower().replace("-", "") for name in listed.stdout.split()}
    for wanted in ("c.utf8", "ko_kr.utf8", "en_us.utf8"):
        for name, folded in known.items():
            if folded == wanted:
                return name
    return next((name for name, folded in known.items() if folded.endswith(".utf8")), "C.UTF-8")
