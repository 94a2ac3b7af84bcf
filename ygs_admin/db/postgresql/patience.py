"""How long an answer is waited for. A server's own time-outs are no help where the server, or the way to it, hangs."""

import time
from collections.abc import Callable, Generator
from typing import Any

import psycopg

Goes = Callable[[float], bool]
"""Takes the seconds that were waited, and tells whether to go on."""


class NoAnswerError(psycopg.OperationalError):
    """A server hangs, or the way to it does."""

    def __init__(self) -> None:
        super().__init__("The server does not answer.")


def within(connection: "psycopg.Connection[Any]", goes: Goes) -> "psycopg.Connection[Any]":
    """Let a connection wait for no answer longer than that; then it is closed and fails as one that was cut off.

    psycopg asks its generators several times a second while nothing arrives (`Connection.wait`).
    """
    wait = type(connection).wait

    def wait_within(generator: Any, *arguments: Any, **options: Any) -> Any:
        return wait(connection, _watched(connection, generator, goes), *arguments, **options)

    connection.wait = wait_within  # type: ignore[method-assign, assignment]
    return connection


def _watched(connection: "psycopg.Connection[Any]", generator: Any, goes: Goes) -> Generator[Any, int, Any]:
    begun = time.monotonic()
    try:
        wanted = next(generator)
        while True:
            ready = yield wanted
            if not ready and not goes(time.monotonic() - begun):
                connection.pgconn.finish()
                raise NoAnswerError
            wanted = generator.send(ready)
    except StopIteration as done:
        return done.value
