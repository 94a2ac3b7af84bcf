"""Destroying what is due, in batches: each of them whole, with its objects noted and its row of the record, or not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from users.models import Action, UserAccessAudit
from ygs_admin.db.routing import PRIMARY
from ygs_admin.uploads.keeping import forget

from .due import kept_since
from .kinds import KINDS, Kind

BATCH = 100


@dataclass
class Destruction:
    """One run. `rows` counts what went by table, `objects` what is deleted from S3; `refused` are ids that must stay.

    May be killed at any time and run again, also beside itself: what another holds locked is left to it.
    """

    before: datetime = field(default_factory=kept_since)
    rows: "Counter[str]" = field(default_factory=Counter)
    objects: int = 0
    refused: set[str] = field(default_factory=set)

    def count(self) -> dict[str, int]:
        """Return how many rows of each table are due, what hangs on members left out."""
        return {kind.model._meta.db_table: kind.due(self.before).count() for kind in KINDS}

    def run(self) -> Iterator[int]:
        """Yield how many rows that are due have gone, after each batch, which is committed."""
        for kind in KINDS:
            yield from self._destroy_all(kind)

    def _destroy_all(self, kind: Kind) -> Iterator[int]:
        after = ""
        due = kind.due(self.before).order_by("pk").values_list("pk", flat=True)
        while ids := list(due.filter(pk__gt=after)[:BATCH]):
            yield self._together_or_singly(kind, ids)
            after = ids[-1]

    def _together_or_singly(self, kind: Kind, ids: list[str]) -> int:
        """Destroy a batch; where a table that the console does not know refers to one of them, each by itself."""
        try:
            return self._destroy(kind, ids)
        except IntegrityError:
            if len(ids) == 1:
                self.refused.update(ids)
                return 0
        return sum(self._together_or_singly(kind, [each]) for each in ids)

    def _destroy(self, kind: Kind, ids: list[str]) -> int:
        """Destroy those of them that are still due, and nobody else's just now."""
        with transaction.atomic(using=PRIMARY):
            due = kind.due(self.before).filter(pk__in=ids).select_for_update(skip_locked=True, of=("self",))
            locked = list(due.order_by("pk").values_list("pk", flat=True))
            keys = kind.objects(locked)
            gone = kind.destroy(locked)
            if locked:
                forget(keys)
                self._record(kind, gone, len(keys))
        self.rows += gone
        self.objects += len(keys)
        return len(locked)

    def _record(self, kind: Kind, gone: "Counter[str]", objects: int) -> None:
        """Say that something was destroyed, when and how much, and not whom it was about."""
        detail = {"rows": dict(+gone), "objects": objects, "before": self.before.isoformat()}
        UserAccessAudit.record(Action.PURGE, by=None, resource_type=kind.model._meta.db_table, detail=detail)
