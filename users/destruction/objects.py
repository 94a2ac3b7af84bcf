"""The objects on S3 of which rows speak that are to be destroyed."""

from collections.abc import Collection
from typing import Any

from users.models import UserDocument, UserPhoto
from ygs_admin.db.routing import PRIMARY

KEYS: dict[Any, tuple[str, ...]] = {UserPhoto: ("s3_key", "thumbnail_s3_key"), UserDocument: ("s3_key",)}


def objects_of_members(ids: Collection[str]) -> list[str]:
    """Return the keys of all photos and documents of these members, deleted before or not."""
    return [key for model in KEYS for key in _keys(model, user__in=ids)]


def objects_of_rows(model: Any, ids: Collection[str]) -> list[str]:
    return _keys(model, pk__in=ids)


def _keys(model: Any, **which: Any) -> list[str]:
    rows = model.all_objects.using(PRIMARY).filter(**which).order_by("pk")
    return [key for row in rows.values_list(*KEYS[model]) for key in row if key]
