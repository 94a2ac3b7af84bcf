"""Where a request comes from: what the access record says of it beside the actor."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from ulid import ULID

USER_AGENT_LENGTH = 300


@dataclass(frozen=True)
class Origin:
    """Address, browser and number of a request; all None outside a request."""

    ip_address: str | None = None
    user_agent: str | None = None
    request_id: str | None = None


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def current_origin() -> Origin:
    return _origin.get()


@contextmanager
def originating(origin: Origin) -> Iterator[None]:
    """Let everything recorded inside the block say that it came from `origin`."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def origin_of(request: HttpRequest) -> Origin:
    """Return the request's origin; the address is the peer's, which the server in front must set."""
    agent = request.headers.get("User-Agent", "").replace("\x00", "")[:USER_AGENT_LENGTH]
    return Origin(request.META.get("REMOTE_ADDR") or None, agent or None, str(ULID()))


class OriginMiddleware:
    """Notes each request's origin, and answers with its number so that a report can name it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        origin = origin_of(request)
        with originating(origin):
            response = self.get_response(request)
        response["X-Request-ID"] = str(origin.request_id)
        return response
