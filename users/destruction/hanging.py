"""What hangs on members and goes with them. Apps further up add theirs (`register`)."""

from collections import Counter
from collections.abc import Callable, Collection
from typing import Any

from django.contrib.admin.models import LogEntry

from users.models import (
    ReviewClaim,
    ReviewDecision,
    ReviewSkip,
    User,
    UserDocument,
    UserLifestyle,
    UserPhoto,
    UserPreference,
    UserProfile,
    UserSubscription,
)
from ygs_admin.db.destruction import destroy_rows

Destroyer = Callable[[Collection[str]], "Counter[str]"]
"""Takes members' ids, inside a transaction that has locked them; returns how many rows went, by table."""

OF_MEMBERS = (UserPhoto, UserDocument, UserSubscription, UserPreference, UserLifestyle, UserProfile)
OF_THE_REVIEW: tuple[Any, ...] = (ReviewClaim, ReviewDecision, ReviewSkip)

_destroyers: list[Destroyer] = []


def register(destroyer: Destroyer) -> None:
    """Have rows of another app destroyed before the members' own. Call it while apps get ready."""
    _destroyers.append(destroyer)


def destroy_members(ids: Collection[str]) -> "Counter[str]":
    """Destroy these members and all that hangs on them, what was deleted before too."""
    gone: Counter[str] = Counter()
    for destroyer in _destroyers:
        gone += destroyer(ids)
    for model in OF_MEMBERS:
        gone[model._meta.db_table] += destroy_rows(model, "user_id", ids)
    for model in OF_THE_REVIEW:
        model.objects.filter(member__in=ids).delete()
    # The admin's log calls rows by names.
    LogEntry.objects.filter(object_id__in=ids).delete()
    gone[User._meta.db_table] += destroy_rows(User, "id", ids)
    return gone
