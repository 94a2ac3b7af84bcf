"""A member's photos as pages show them: each with its place, and with the orders that one move would make of it."""

from collections.abc import Sequence
from typing import Any

from users.models.photo_order import MOST_PHOTOS


def arrange(photos: Sequence[Any]) -> dict[str, Any]:
    """Give each photo its `place`, counted from 1, and the orders `earlier`, `later` and `first`; return the context.

    An order is written as a form posts it: ids between spaces. None where the photo stands there already.
    """
    keys = [photo.pk for photo in photos]
    for at, photo in enumerate(photos):
        photo.place = at + 1
        photo.earlier = _moved(keys, at, at - 1) if at > 0 else None
        photo.later = _moved(keys, at, at + 1) if at + 1 < len(keys) else None
        photo.first = _moved(keys, at, 0) if at > 0 else None
    return {"photos": photos, "shown": " ".join(keys), "most": MOST_PHOTOS, "is_full": len(keys) >= MOST_PHOTOS}


def around(photos: Sequence[Any], photo_id: str) -> tuple[Any, Any, Any] | None:
    """Return the photo before this one, this one, and the one after it, round and round; None where it is not there."""
    keys = [photo.pk for photo in photos]
    if photo_id not in keys:
        return None
    at = keys.index(photo_id)
    return photos[at - 1], photos[at], photos[(at + 1) % len(photos)]


def _moved(keys: list[str], at: int, to: int) -> str:
    order = [*keys]
    order.insert(to, order.pop(at))
    return " ".join(order)
