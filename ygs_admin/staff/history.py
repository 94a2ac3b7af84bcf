"""The history of an account's permissions. The record is kept further up; who keeps it says how it is read."""

from collections.abc import Callable
from typing import Any

from .models import Staff

History = Callable[[Staff], list[dict[str, Any]]]
_readers: list[History] = []


def register_history(read: History) -> History:
    """Let the account's page show what `read` returns: `time`, `by`, `changes` (name, before, after), newest first."""
    _readers.append(read)
    return read


def history_of(staff: Staff) -> list[dict[str, Any]]:
    return [row for read in _readers for row in read(staff)]
