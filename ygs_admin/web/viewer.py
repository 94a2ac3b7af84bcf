"""For whose eyes something is written out. What is masked asks here, so that no page can forget to pass it on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from django.http import HttpRequest, HttpResponse


class Viewer(Protocol):
    """Somebody with permissions: an account, or the stranger who has not signed in."""

    def has_perm(self, permission: str, /) -> bool: ...


def _nobody() -> Viewer | None:
    return None


_viewer: ContextVar[Callable[[], Viewer | None]] = ContextVar("viewer", default=_nobody)


def current_viewer() -> Viewer | None:
    """Return who reads what is being written; None in commands and jobs that say nothing else."""
    return _viewer.get()()


@contextmanager
def viewed_by(viewer: Viewer | None) -> Iterator[None]:
    """Let everything written inside the block be for these eyes."""
    with _viewing(lambda: viewer):
        yield


@contextmanager
def _viewing(who: Callable[[], Viewer | None]) -> Iterator[None]:
    token = _viewer.set(who)
    try:
        yield
    finally:
        _viewer.reset(token)


class ViewerMiddleware:
    """Pages are for whoever is signed in at the moment that they are written: signing in and out changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with _viewing(lambda: request.user):
            return self.get_response(request)
