"""How long members have been waiting for an introduction, as the pages of a round say it.

The engine counts the same for itself when it runs: from the last introduction, or from the subscription's start.
"""

from datetime import datetime, timedelta

from django.db.models import BigIntegerField, F, Func, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest, Least

from matching.models import MatchHistory

WEEK = timedelta(weeks=1)


def waiting_since(side: str, *, until: datetime) -> Coalesce:
    """Return since when the member on this side (`user_a`, `user_b`) of a pair has waited, as of a moment."""
    latest = [_latest(column, side, until) for column in ("user_a", "user_b")]
    return Coalesce(Greatest(*latest), F(f"{side}__subscription__starts_at"), F(f"{side}__created_at"))


def waits_most(*, until: datetime) -> Func:
    """Return the second since when whoever of a pair waits longer has waited: a key to sort by."""
    since = Least(waiting_since("user_a", until=until), waiting_since("user_b", until=until))
    return Func(since, template="floor(extract(epoch FROM %(expressions)s))::bigint", output_field=BigIntegerField())


def weeks_between(since: datetime, until: datetime) -> int:
    return max(0, (until - since) // WEEK)


def _latest(column: str, side: str, until: datetime) -> Subquery:
    introduced = MatchHistory.objects.filter(**{column: OuterRef(f"{side}_id")}, introduced_at__lt=until)
    # The round's own introductions end the wait that it shows: they are made shortly before it counts as published.
    introduced = introduced.exclude(match_week=OuterRef("match_week"))
    return Subquery(introduced.order_by("-introduced_at").values("introduced_at")[:1])
