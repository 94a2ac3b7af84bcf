"""Where a request comes from: what the access record says of it beside the actor, and what locks and lists go by."""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
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


def client_address(request: HttpRequest) -> str | None:
    """Return the address that the request comes from, None where the server does not know.

    Behind `TRUSTED_PROXIES` = n proxies it is the nth from the right of X-Forwarded-For: each of them added the address
    of its peer there, and what stands further left is whatever the client wrote. A request with fewer came around them.
    """
    peer = _address(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return peer
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if len(forwarded) < settings.TRUSTED_PROXIES:
        return peer
    return _address(forwarded[-settings.TRUSTED_PROXIES]) or peer


def _address(text: str) -> str | None:
    """Return an address in its one spelling, an IPv4 address inside IPv6 as itself; None for anything else."""
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


def origin_of(request: HttpRequest) -> Origin:
    """Return the request's origin."""
    agent = request.headers.get("User-Agent", "").replace("\x00", "")[:USER_AGENT_LENGTH]
    return Origin(client_address(request), agent or None, str(ULID()))


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
