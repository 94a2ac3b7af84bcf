"""The kinds of row that are destroyed: members with all that hangs on them, and what is deleted alone."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from users.models import User, UserDocument, UserPhoto, UserSubscription
from ygs_admin.db.destruction import destroy_rows
from ygs_admin.db.routing import PRIMARY

from .due import due_members
from .hanging import destroy_members
from .objects import objects_of_members, objects_of_rows


def _no_objects(ids: Collection[str]) -> list[str]:
    return []


def _nothing_first(ids: Collection[str]) -> "Counter[str]":
    return Counter()


@dataclass(frozen=True)
class Kind:
    """`due` returns the rows that were deleted before a time, `destroy` deletes those of these ids and counts by table.

    `objects` names what they have on S3.
    """

    model: Any
    due: Callable[[datetime], Any]
    destroy: Callable[[Collection[str]], "Counter[str]"]
    objects: Callable[[Collection[str]], list[str]] = _no_objects


def alone(
    model: Any,
    *,
    objects: Callable[[Collection[str]], list[str]] = _no_objects,
    first: Callable[[Collection[str]], "Counter[str]"] = _nothing_first,
    **narrowed: Any,
) -> Kind:
    """Return the kind of a table whose rows are deleted by themselves; `first` destroys what hangs on them."""

    def due(before: datetime) -> Any:
        return model.all_objects.using(PRIMARY).filter(deleted_at__lt=before, **narrowed)

    def destroy(ids: Collection[str]) -> "Counter[str]":
        return first(ids) + Counter({model._meta.db_table: destroy_rows(model, "id", ids)})

    return Kind(model, due, destroy, objects)


KINDS = [
    Kind(User, due_members, destroy_members, objects_of_members),
    alone(UserPhoto, objects=lambda ids: objects_of_rows(UserPhoto, ids)),
    alone(UserDocument, objects=lambda ids: objects_of_rows(UserDocument, ids)),
    alone(UserSubscription),
]


def register(kind: Kind) -> None:
    """Have rows of another app destroyed, too. Call it while apps get ready."""
    KINDS.append(kind)
