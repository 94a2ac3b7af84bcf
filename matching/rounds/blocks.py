"""Members who may not be introduced until something about them is decided; whoever decides registers here."""

from collections.abc import Callable, Collection

_readers: list[Callable[[], Collection[str]]] = []


def register(reader: Callable[[], Collection[str]]) -> Callable[[], Collection[str]]:
    """Let these members be left out; `reader` returns the ids of all of them. Call it while apps get ready."""
    _readers.append(reader)
    return reader


def blocked_member_ids() -> set[str]:
    return {user_id for reader in _readers for user_id in reader()}
