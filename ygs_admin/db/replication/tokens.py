"""Read your own writes: a browser carries how far the log was when its writes were committed.

Each position is a cookie of its own, named by it, signed, out of reach of scripts, and good for `CAUSALITY_SECONDS`. A
response takes away those cookies alone that its request carried, when it brings a later one: so whatever the order in
which the responses of one browser arrive, the latest position stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .position import Position

SALT = "ygs_admin.db.causality"
# More than one comes of requests at the same moment. A forged pile is not worth reading: the latest by name are.
MOST = 16


@dataclass(frozen=True)
class Tokens:
    """What a request carries: the positions that it has to see, and the names of all its cookies of this kind."""

    positions: tuple[Position, ...] = ()
    names: tuple[str, ...] = ()


def read_tokens(request: HttpRequest) -> Tokens:
    """Return the request's tokens; what is forged, cut off or out of date counts for nothing."""
    names = tuple(name for name in request.COOKIES if name.startswith(_prefix()))
    if not names:
        return Tokens()
    latest = sorted(names, key=lambda name: (len(name), name), reverse=True)[:MOST]
    found = (_position(request.COOKIES[name]) for name in latest)
    return Tokens(_latest(position for position in found if position), names)


def send_token(response: HttpResponse, position: Position, carried: Tokens) -> None:
    """Send the position of a write, and take away the cookies that it makes superfluous."""
    name = f"{_prefix()}{position.lsn:x}"
    response.set_cookie(
        name,
        signing.dumps(str(position), salt=SALT),
        max_age=settings.CAUSALITY_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    for superfluous in carried.names:
        if superfluous != name:
            response.delete_cookie(superfluous, samesite="Lax")


def _prefix() -> str:
    return f"{settings.CAUSALITY_COOKIE_NAME}-"


def _position(token: str) -> Position | None:
    try:
        return Position.parse(signing.loads(token, salt=SALT, max_age=settings.CAUSALITY_SECONDS))
    except (signing.BadSignature, ValueError, AttributeError):
        return None


def _latest(positions: Iterable[Position]) -> tuple[Position, ...]:
    """Return the latest position of each history: all of them have to be seen."""
    latest: dict[tuple[str, int], Position] = {}
    for position in positions:
        known = latest.get(position.history)
        if known is None or known.lsn < position.lsn:
            latest[position.history] = position
    return tuple(latest.values())
