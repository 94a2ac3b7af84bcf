"""Ending all subscriptions whose period is over, each in a transaction of its own."""

from collections.abc import Iterator

from django.utils import timezone

from users.models import UserSubscription


def lapsed_keys() -> list[str]:
    """Return the ids of the subscriptions that are to be ended now, those that ended first, first."""
    return list(
        UserSubscription.objects.lapsed(timezone.now()).order_by("expires_at", "pk").values_list("pk", flat=True)
    )


def expire_lapsed() -> Iterator[tuple[str, bool]]:
    """Yield each such subscription's id, and whether it was ended: it may have been extended in the meantime.

    May be stopped and run again at any time, also several times at once.
    """
    for subscription in UserSubscription.objects.filter(pk__in=lapsed_keys()).order_by("expires_at", "pk"):
        yield subscription.pk, subscription.expire(by=None)
