"""What the next page tells the person: a sentence, perhaps with a way back."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo="


@dataclass(frozen=True)
class Flash:
    text: str
    tone: str
    undo_url: str


def flash(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """Say that something was done; `undo_url` takes the POST that undoes it."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")


def flash_refusal(request: HttpRequest, text: str) -> None:
    """Say why something was not done."""
    messages.error(request, text)


def read_flash(message: Message) -> Flash:
    """Return a stored message as templates show it."""
    undo_urls = [tag.removeprefix(UNDO) for tag in str(message.extra_tags).split() if tag.startswith(UNDO)]
    return Flash(str(message.message), message.level_tag, next(iter(undo_urls), ""))
