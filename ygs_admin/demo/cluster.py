"""A PostgreSQL primary and its streaming standby, as small as production's pair can be."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import LiteralString
from urllib.parse import quote

from psycopg import sql
from psycopg.conninfo import make_conninfo

from ygs_admin.demo.accounts import server_account
from ygs_admin.demo.binaries import find_binaries
from ygs_admin.demo.errors import DemoError
from ygs_admin.demo.node import FAST_STOP, Node
from ygs_admin.demo.placement import place_for
from ygs_admin.demo.ports import LOCALHOST, choose_ports
from ygs_admin.demo.processes import POLL_SECONDS

APPLICATION = "ygs"
CONSOLE = "ygs_console"
SLOT = "standby"
NODES = ["primary", "standby"]
STREAM_SECONDS = 20.0
CONDITIONS = {
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # Neither statements nor rows, which name people, go into the server's log with an error.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "wal_level": "replica",
    "hot_standby": "on",
    # A standby that was off for long is rebuilt; the primary does not fill the disk for it.
    "max_slot_wal_keep_size": "1GB",
    "wal_receiver_status_interval": "1s",
    "wal_retrieve_retry_interval": "200ms",
    # Rows that a reader of the standby still sees are not vacuumed away under it.
    "hot_standby_feedback": "on",
}
# Tests throw their data away, so nothing has to survive a power cut.
DISPOSABLE = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "4GB"}


@dataclass
class Cluster:
    """Both nodes, with the application's role `ygs` and its database of the same name, and a role that serves it.

    The first owns its database and may create others (the tests do); `ygs_console` owns nothing, and may do what it is
    granted (`ygs_admin/db/grants.py`). Both read statistics of replication, and neither is a superuser.
    """

    primary: Node
    standby: Node
    password: str = field(repr=False)

    @classmethod
    def at(
        cls, folder: Path, logs: Path, superuser_password: str, password: str, *, ports: dict[str, int] | None = None,
        conditions: dict[str, str] | None = None,
    ) -> "Cluster":  # fmt: skip
        """The cluster whose data is, or will be, in `folder`, or where `placement` lets it be.

        A port of `ports` that is in use is replaced by a free one.
        """
        account = server_account()
        place = place_for(account, folder)
        version = place / "primary" / "PG_VERSION"
        binaries = find_binaries(account, place, major=int(version.read_text()) if version.exists() else None)
        free = choose_ports(ports or {}, NODES)
        settings = CONDITIONS | (conditions or {})
        primary, standby = (
            Node(name, place / name, free[name], superuser_password, binaries, account, logs, settings)
            for name in NODES
        )
        return cls(primary, standby, password)

    @property
    def ports(self) -> dict[str, int]:
        return {"primary": self.primary.port, "standby": self.standby.port}

    @property
    def primary_url(self) -> str:
        return self._url(self.primary, APPLICATION, self.password)

    @property
    def replica_url(self) -> str:
        return self._url(self.standby, APPLICATION, self.password)

    @property
    def serving_urls(self) -> tuple[str, str]:
        """Return the addresses of primary and standby for the role that serves the console."""
        primary, standby = (self._url(node, CONSOLE, self._console_password) for node in (self.primary, self.standby))
        return primary, standby

    @property
    def _console_password(self) -> str:
        """Return a password from which the owner's cannot be told."""
        return sha256(f"{CONSOLE} {self.password}".encode()).hexdigest()

    @staticmethod
    def _url(node: Node, role: str, password: str) -> str:
        return f"postgres://{role}:{quote(password)}@{LOCALHOST}:{node.port}/{APPLICATION}"

    def start(self) -> None:
        """Both nodes up and streaming; makes what is missing: about 4 s for a new cluster, 1 s for one with data."""
        if not self.primary.exists:
            self.primary.initialise()
        self.primary.start()
        self._make_application()
        self.start_standby()

    def stop(self) -> None:
        # The standby first: the primary would otherwise wait until it had confirmed every last byte.
        self.standby.stop(FAST_STOP)
        self.primary.stop(FAST_STOP)

    def _make_application(self) -> None:
        role = sql.Identifier(APPLICATION)
        self._make_role(APPLICATION, "LOGIN CREATEDB", self.password)
        self._make_role(CONSOLE, "LOGIN", self._console_password)
        if not self.primary.ask("SELECT 1 FROM pg_database WHERE datname = %s", APPLICATION):
            self.primary.ask(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))

    def _make_role(self, name: str, options: LiteralString, password: str) -> None:
        if self.primary.ask("SELECT 1 FROM pg_roles WHERE rolname = %s", name):
            return
        role = sql.Identifier(name)
        self.primary.ask(sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(role, sql.SQL(options), sql.Literal(password)))
        self.primary.ask(sql.SQL("GRANT pg_monitor TO {}").format(role))

    def recreate_database(self) -> None:
        """Drop the application's database with all that is in it, and make it anew."""
        self.primary.ask(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(APPLICATION)))
        self._make_application()

    def start_standby(self) -> None:
        """Start the standby and wait until it streams; one that cannot (too far behind, once promoted) is made anew."""
        upstream = make_conninfo(self.primary.conninfo(), dbname="replication", application_name=SLOT)
        self.standby.conditions = self.standby.conditions | {"primary_conninfo": upstream, "primary_slot_name": SLOT}
        if self._slot_serves() and (self.standby.data / "standby.signal").exists() and self._standby_streams():
            return
        self.standby.stop()
        self.standby.copy_of(self.primary, SLOT)
        self.standby.start()
        self.wait_until_streaming()

    def _slot_serves(self) -> bool:
        """Whether the primary still keeps what the standby has not received; makes the slot anew where not."""
        status = self.primary.ask("SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s", SLOT)
        if status == "lost":
            self.primary.ask("SELECT pg_drop_replication_slot(%s)", SLOT)
        if status in (None, "lost"):
            self.primary.ask("SELECT pg_create_physical_replication_slot(%s, true)", SLOT)
        return status not in (None, "lost")

    def _standby_streams(self) -> bool:
        try:
            self.standby.start()
            self.wait_until_streaming()
        except DemoError:
            return False
        return True

    def wait_until_streaming(self, seconds: float = STREAM_SECONDS) -> None:
        self._wait(self.is_streaming, seconds, "The standby does not stream from the primary")

    def is_streaming(self) -> bool:
        return bool(self.standby.ask("SELECT status = 'streaming' FROM pg_stat_wal_receiver"))

    def wait_until_caught_up(self, seconds: float = STREAM_SECONDS) -> None:
        """Until a reader of the standby sees everything that was committed on the primary before this call."""
        target = self.primary.ask("SELECT pg_current_wal_insert_lsn()::text")
        # At the end of a WAL page the insert position stands behind a header that is not replayed before the next
        # record is; the marker is that record, and its commit also flushes what asynchronous commits left behind.
        self.primary.ask("SELECT pg_logical_emit_message(true, 'caught up?', '')")
        query: LiteralString = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        self._wait(lambda: bool(self.standby.ask(query, target)), seconds, f"The standby has not replayed {target}")

    def pause_replay(self) -> None:
        """The standby goes on receiving, and answers with what it had replayed."""
        self.standby.ask("SELECT pg_wal_replay_pause()")
        query: LiteralString = "SELECT pg_get_wal_replay_pause_state() = 'paused'"
        self._wait(lambda: bool(self.standby.ask(query)), STREAM_SECONDS, "Replay does not pause")

    def resume_replay(self) -> None:
        self.standby.ask("SELECT pg_wal_replay_resume()")

    @contextmanager
    def replay_paused(self) -> Iterator[None]:
        self.pause_replay()
        try:
            yield
        finally:
            self.resume_replay()

    def detach_receiver(self) -> None:
        """Cut the standby off: it stays up, receives nothing, and by its own account lags by nothing."""
        self.standby.alter("primary_conninfo", "")
        query: LiteralString = "SELECT NOT EXISTS (SELECT FROM pg_stat_wal_receiver)"
        self._wait(lambda: bool(self.standby.ask(query)), STREAM_SECONDS, "The receiver does not stop")

    def attach_receiver(self) -> None:
        self.standby.alter("primary_conninfo", None)
        self.wait_until_streaming()

    def _wait(self, condition: Callable[[], bool], seconds: float, failure: str) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise DemoError(f"{failure} after {seconds:.0f} s.")
            time.sleep(POLL_SECONDS)
