"""Ending what is over: subscriptions whose period is, documents whose last day is. Each in a transaction of its own.

May be stopped and run again at any time, also several times at once.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from .models import UserDocument, UserSubscription
from .models.status import VerbRefusedError


@dataclass(frozen=True)
class Expiring:
    """A kind of row that ends by itself; `lapsed` returns those that are to be ended now, the longest over first."""

    lapsed: Callable[[], Any]

    def count(self) -> int:
        return int(self.lapsed().count())

    def expire(self) -> Iterator[tuple[str, bool]]:
        """Yield each such row's id, and whether it was ended: it may be another's, or gone, in the meantime."""
        for row in list(self.lapsed()):
            yield row.pk, _expire(row)


def _expire(row: Any) -> bool:
    with suppress(VerbRefusedError):
        return bool(row.expire(by=None))
    return False


SUBSCRIPTIONS = Expiring(lambda: UserSubscription.objects.lapsed(timezone.now()).order_by("expires_at", "pk"))
DOCUMENTS = Expiring(lambda: UserDocument.objects.lapsed(timezone.localdate()).order_by("expires_on", "pk"))
