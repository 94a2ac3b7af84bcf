"""What looking for a browser's own writes costs a request, measured in this process."""

import time
from collections.abc import Callable, Iterator
from statistics import median

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ygs_admin.db.replication.choosing import choose
from ygs_admin.db.replication.observer import observer
from ygs_admin.db.replication.position import Position, position_of
from ygs_admin.db.replication.tokens import Tokens, read_tokens, send_token

RUNS = 300


def costs() -> Iterator[tuple[str, float]]:
    """Yield each part of the check with its median in seconds; the replica has to be well, and has replayed all."""
    while not observer.health()["replica"].is_usable:
        time.sleep(0.05)
    position = position_of(connections["default"])
    time.sleep(2)
    yield "a request without a token", _median(lambda: choose(read_tokens(_request()).positions))
    token = _request(position)
    yield "with one that the last look has seen replayed", _median(lambda: choose(read_tokens(token).positions))
    health = observer.health()["replica"]
    assert health.position is not None  # noqa: S101 - the replica is usable
    later = Position(*health.position.history, health.position.lsn + 2**40)
    ahead = _request(later)
    yield "with one that the replica is asked for", _median(lambda: choose(read_tokens(ahead).positions))
    yield (
        "a token after a write",
        _median(lambda: send_token(HttpResponse(), position_of(connections["default"]), Tokens())),
    )


def _request(position: Position | None = None) -> HttpRequest:
    request: HttpRequest = RequestFactory().get("/")
    if position:
        response = HttpResponse()
        send_token(response, position, Tokens())
        request.COOKIES |= {name: morsel.value for name, morsel in response.cookies.items()}
    return request


def _median(work: Callable[[], object]) -> float:
    return median(_timed(work) for _ in range(RUNS))


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
