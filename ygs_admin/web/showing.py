"""Whom a response shows: noted wherever somebody is read to be shown, so that nobody is without a row on the record.

A view that shows pictures or many people puts them on the record itself, before it answers. What is left when the
answer is ready (a confirmation that names a member, a conflict, a sentence on the next page) is recorded here, by
whoever keeps the record (`register_recorder`): this module need not know it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse

# Redirects have no page, and the pages of other statuses name nobody.
SHOWS = {200, 409, 422}
ABOUT = "about="


@dataclass
class Showing:
    """The people whom a request has come across (id → the names by which they may be called), and those on record."""

    names: dict[str, set[str]] = field(default_factory=dict)
    recorded: set[str] = field(default_factory=set)

    def left(self) -> list[str]:
        return [key for key in self.names if key not in self.recorded]


_showing: ContextVar[Showing | None] = ContextVar("showing", default=None)
_recorders: list[Callable[[HttpRequest, list[str]], None]] = []

Recorder = Callable[[HttpRequest, list[str]], None]


def register_recorder(recorder: Recorder) -> None:
    """Have these people put on the record when a response is about to show them. Call it while apps get ready."""
    if recorder not in _recorders:
        _recorders.append(recorder)


def note_shown(key: str, *names: str) -> None:
    """Say that the response will show this person, by these names as far as any; nothing outside a request."""
    if (showing := _showing.get()) is not None:
        showing.names.setdefault(key, set()).update(filter(None, names))


def note_recorded(keys: Iterable[str | None]) -> None:
    """Say that these people are on the record of this request."""
    if (showing := _showing.get()) is not None:
        showing.recorded.update(filter(None, keys))


class ShowingMiddleware:
    """Records the rest of those whom a response shows. A response that can't be recorded is not sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        showing = Showing()
        token = _showing.set(showing)
        try:
            response = self.get_response(request)
            left = showing.left()
            if left and response.status_code in SHOWS:
                for record in _recorders:
                    record(request, left)
        finally:
            _showing.reset(token)
        return response


class NotingStorage(SessionStorage):
    """Sentences for the next page; whoever is named in one, or in its way back, is shown by the page that says it."""

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        showing = _showing.get() or Showing()
        said = f"{message} {extra_tags}"
        named = [key for key, names in showing.names.items() if any(name in said for name in {key, *names})]
        super().add(level, message, " ".join([*filter(None, [extra_tags]), *(f"{ABOUT}{key}" for key in named)]))

    def __iter__(self) -> Iterator[Message]:
        for message in super().__iter__():
            for key in about(message):
                note_shown(key)
            yield message


def about(message: Message) -> list[str]:
    """Return the ids of those who are named in a sentence."""
    tags = str(message.extra_tags or "").split()
    return [tag.removeprefix(ABOUT) for tag in tags if tag.startswith(ABOUT)]
