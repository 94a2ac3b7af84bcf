"""Objects and the rows that speak of them: both or neither, whenever a process is killed.

S3 takes part in no transaction. So the keys are noted first, and committed; then the objects are put; then the rows
are written in a transaction that also takes the notes away. A kill before the last commit leaves notes, by which the
sweep finds the objects; a kill after it leaves rows with their objects.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ygs_admin import storage
from ygs_admin.storage import StorageError

from .models import PendingObject

# Longer than any upload takes: what is younger may still be on its way.
GRACE = timedelta(hours=1)
BATCH = 100


@dataclass(frozen=True)
class StoredObject:
    content: bytes | BinaryIO
    content_type: str


@contextmanager
def storing(objects: Mapping[str, StoredObject]) -> Iterator[None]:
    """Put objects (key → content), then run the block, which writes their rows, in a transaction.

    Whatever goes wrong, no row is kept without its object; objects without rows are deleted, now or by the sweep.

    Raises:
        StorageError: S3 failed, and nothing is kept.
    """
    with transaction.atomic(durable=True):
        PendingObject.objects.bulk_create([PendingObject(key=key) for key in objects])
    try:
        for key, stored in objects.items():
            storage.put(key, stored.content, content_type=stored.content_type)
        with transaction.atomic():
            _claim(objects)
            yield
            PendingObject.objects.filter(key__in=list(objects)).delete()
    except StorageError:
        # What timed out may still arrive: the notes stay for the sweep.
        with suppress(StorageError):
            for key in objects:
                storage.delete(key)
        raise
    except BaseException:
        # Where neither answers now, the sweep does it later.
        with suppress(DatabaseError, StorageError):
            _discard(objects)
        raise


def forget(keys: Collection[str]) -> None:
    """Note objects whose rows go in the current transaction: they are deleted once it is committed."""
    notes = [PendingObject(key=key, created_at=timezone.now() - GRACE) for key in keys]
    PendingObject.objects.bulk_create(notes, ignore_conflicts=True)
    transaction.on_commit(lambda: _discard(keys), robust=True)


def sweep(*, now: bool = False) -> int:
    """Delete the objects that have been noted for an hour, and their notes; return how many.

    Notes that a running transaction holds are left alone. Safe to run beside uploads and beside itself.

    Raises:
        StorageError: S3 failed; what was deleted until then is done, the rest stays noted.
    """
    before = timezone.now() if now else timezone.now() - GRACE
    swept = 0
    while keys := list(due(before).values_list("key", flat=True)[:BATCH]):
        done = _discard(keys)
        if not done:
            break
        swept += done
    return swept


def due(before: datetime | None = None) -> "QuerySet[PendingObject]":
    """Return the notes older than this time, an hour ago by default, the oldest first."""
    return PendingObject.objects.filter(created_at__lte=before or timezone.now() - GRACE).order_by("created_at", "key")


def _claim(objects: Mapping[str, StoredObject]) -> None:
    """Lock the notes until the rows are committed, so that no sweep takes the objects away."""
    notes = PendingObject.objects.select_for_update().filter(key__in=list(objects)).order_by("key")
    if len(notes) < len(objects):
        raise StorageError(", ".join(objects))


def _discard(keys: Collection[str]) -> int:
    """Delete those of the objects that are still noted. A note is gone where a commit did succeed after all."""
    with transaction.atomic():
        notes = PendingObject.objects.select_for_update(skip_locked=True).filter(key__in=list(keys))
        found = list(notes.values_list("key", flat=True))
        for key in found:
            storage.delete(key)
        PendingObject.objects.filter(key__in=found).delete()
    return len(found)
