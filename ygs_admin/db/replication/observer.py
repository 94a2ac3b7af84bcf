"""Looks at every node each second, in threads of its own, so that no page waits to learn how they are.

The threads begin when the process first has to choose, after a web server has forked. Each node has one, with a
connection of its own: a node that hangs holds up nobody else's look.
"""

import os
import time
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

from ygs_admin.db.aliases import PRIMARY, replica_aliases
from ygs_admin.db.postgresql.patience import within
from ygs_admin.db.postgresql.pooler import HEALTH, is_pooled

from .health import (
    ASK_PRIMARY,
    ASK_REPLICA,
    NO_STANDBY,
    Course,
    PrimaryHealth,
    ReplicaHealth,
    primary_health,
    replica_health,
)

FIRST_LOOK_SECONDS = 0.5
"""For this long the first choice of a process waits to learn anything; then it falls on the primary."""
UNKNOWN = ReplicaHealth.unknown("not looked at yet", 0)
SILENT = "does not answer"


class Observer:
    """The latest look at every node."""

    def __init__(self) -> None:
        self.course = Course()
        self.primary = PrimaryHealth(None, "not looked at yet", 0, 0)
        self.replicas: dict[str, ReplicaHealth] = {}
        self._lock = Lock()
        self._process = 0
        self._stopping = Event()
        self._looked, self.primary_seen = Event(), Event()
        self._threads: list[Thread] = []
        self._waited: dict[str, float] = {}

    def health(self) -> dict[str, ReplicaHealth]:
        """Return what is known of each replica; starts looking where that has not begun in this process."""
        if self._process != os.getpid():
            self._start()
        return self.replicas

    def primary_is_down(self) -> bool:
        """Tell whether the latest look found no primary, or finds none now. Before the first one nobody knows."""
        return self.primary.seen_at > 0 and (self.primary.position is None or self.hangs(PRIMARY))

    def primary_has_failed(self) -> None:
        """Note what a request has met with; the next look says whether it is so."""
        if self.primary.position is not None:
            self.note_primary(PrimaryHealth(None, "failed a request", 0, time.monotonic()))

    def is_silent(self, alias: str) -> bool:
        """Tell whether the latest look at a node had no answer at all."""
        return self._seen(alias).problem == SILENT or self.hangs(alias)

    def hangs(self, alias: str) -> bool:
        """Tell whether a node neither answers nor refuses, but lets everybody wait, as far as this process looks.

        Half of a look's time without an answer is enough to tell, its end need not be waited for.
        """
        if self._process != os.getpid():
            return False
        seen = self._seen(alias)
        waited = seen.latency if seen.problem == SILENT else 0
        return bool(max(waited, self._waited.get(alias, 0)) > settings.REPLICA_CHECK_TIMEOUT / 2)

    def _seen(self, alias: str) -> PrimaryHealth | ReplicaHealth:
        return self.primary if alias == PRIMARY else self.replicas.get(alias, UNKNOWN)

    def note_wait(self, alias: str, seconds: float) -> None:
        """Note for how long the look at this moment has had no answer, 0 once it is over."""
        self._waited[alias] = seconds

    def look_now(self) -> None:
        """Look at all nodes in this thread: for commands and for `readyz`, which want the state of the moment."""
        nodes = [_Node(self, PRIMARY), *(_Node(self, alias) for alias in replica_aliases())]
        for node in nodes:
            node.look()
            node.close()

    def stop(self) -> None:
        """End the threads and their connections, and forget all: the next question starts anew."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self.__init__()  # type: ignore[misc]

    def _start(self) -> None:
        with self._lock:
            if self._process == os.getpid():
                return
            # Of what a process knew that has forked into this one nothing counts here.
            self._stopping, self._looked, self.primary_seen, self.course = Event(), Event(), Event(), Course()
            self._waited = {}
            self.primary = PrimaryHealth(None, UNKNOWN.problem, 0, 0)
            self.replicas = dict.fromkeys(replica_aliases(), UNKNOWN)
            self._threads = [
                Thread(target=_Node(self, alias).watch, args=(self._stopping,), name=f"observer-{alias}", daemon=True)
                for alias in (PRIMARY, *self.replicas)
            ]
            self._process = os.getpid()
            for thread in self._threads:
                thread.start()
        self._looked.wait(FIRST_LOOK_SECONDS)

    def note_primary(self, health: PrimaryHealth) -> None:
        self.primary = health
        if health.position:
            self.course.note(health.position, health.seen_at)
        self.primary_seen.set()

    def note_replica(self, alias: str, health: ReplicaHealth) -> None:
        # A new mapping, so that whoever reads one sees one moment.
        self.replicas = self.replicas | {alias: health}
        if all(known is not UNKNOWN for known in self.replicas.values()):
            self._looked.set()


class _Node:
    """One node as one thread watches it."""

    def __init__(self, observer: Observer, alias: str) -> None:
        self.observer, self.alias = observer, alias
        self.connection: psycopg.Connection[Any] | None = None

    def watch(self, stopping: Event) -> None:
        if self.alias != PRIMARY:
            # How far a replica is behind can be told only once somebody knows how far the primary is.
            self.observer.primary_seen.wait(FIRST_LOOK_SECONDS / 2)
        try:
            while not stopping.is_set():
                self.look()
                stopping.wait(settings.REPLICA_CHECK_SECONDS)
        finally:
            self.close()

    def look(self) -> None:
        begun = time.monotonic()
        try:
            row = self._ask(ASK_PRIMARY if self.alias == PRIMARY else ASK_REPLICA)
        except psycopg.Error as error:
            self.close()
            self._note_failure(_in_a_word(error), time.monotonic() - begun)
            return
        finally:
            self.observer.note_wait(self.alias, 0)
        now = time.monotonic()
        self._note(row, now - begun, now)
        if self.alias != PRIMARY and self.observer.replicas[self.alias].problem == NO_STANDBY:
            # Of several hosts another one may be the standby by now.
            self.close()

    def close(self) -> None:
        if self.connection is not None:
            with suppress(psycopg.Error):
                self.connection.close()
        self.connection = None

    def _ask(self, question: str) -> tuple[Any, ...]:
        """Ask over the connection that there is; one that is broken says nothing of the node, and is replaced once."""
        if self.connection is not None:
            begun = time.monotonic()
            try:
                return _ask(self.connection, question)
            except psycopg.OperationalError:
                self.close()
                if time.monotonic() - begun > settings.REPLICA_CHECK_TIMEOUT / 2:
                    # It was not broken: the node hangs.
                    raise
        self.connection = within(connect(self.alias), self._is_waited_for)
        return _ask(self.connection, question)

    def _is_waited_for(self, waited: float) -> bool:
        """Let others know that nothing arrives, while it does not. A thread kept from looking for it says nothing."""
        self.observer.note_wait(self.alias, waited)
        return bool(waited < settings.REPLICA_CHECK_TIMEOUT)

    def _note(self, row: tuple[Any, ...], latency: float, now: float) -> None:
        if self.alias == PRIMARY:
            self.observer.note_primary(primary_health(row, latency, now))
        else:
            self.observer.note_replica(self.alias, replica_health(row, self.observer.course, latency, now))

    def _note_failure(self, problem: str, latency: float) -> None:
        now = time.monotonic()
        if self.alias == PRIMARY:
            self.observer.note_primary(PrimaryHealth(None, problem, latency, now))
        else:
            self.observer.note_replica(self.alias, ReplicaHealth.unknown(problem, now, latency))


def connect(alias: str) -> "psycopg.Connection[Any]":
    """Return a connection that answers or fails soon, beside Django's own.

    The server ends what takes too long; a server that hangs does not, and is waited for no longer than that either.
    """
    parameters = connections[alias].get_connection_params()
    parameters.pop("context", None)
    parameters.pop("cursor_factory", None)
    timeout = settings.REPLICA_CHECK_TIMEOUT
    if is_pooled(connections[alias]):
        parameters["dbname"] += HEALTH
    else:
        parameters["options"] = f"{parameters.get('options', '')} -c statement_timeout={int(timeout * 1000)}"
    connection = psycopg.connect(**parameters | {"connect_timeout": timeout, "autocommit": True})
    return within(connection, lambda waited: waited < timeout)


def _ask(connection: "psycopg.Connection[Any]", question: str) -> tuple[Any, ...]:
    row = connection.execute(question).fetchone()
    assert row is not None  # noqa: S101 - a query without a FROM that could be empty
    return tuple(row)


def _in_a_word(error: psycopg.Error) -> str:
    return SILENT if error.sqlstate is None else error.sqlstate


observer = Observer()
