"""The pairs of a round with which one of them could exchange partners."""

from typing import Any

from django.db.models import Q

from matching.models import MatchHistory
from users.search.query import Understood

from .filter import with_member

SHOWN = 20


def others_to_swap_with(pair: MatchHistory, understood: Understood | None) -> list[str]:
    """Return the ids of pairs whose partners this one's could take, those with a member who was searched for."""
    rows = MatchHistory.objects.of_week(pair.match_week).unsent().exclude(_shares_a_member(pair))
    if understood:
        rows = rows.filter(with_member(understood))
    return list(rows.order_by("score", "pk").values_list("pk", flat=True)[:SHOWN])


def _shares_a_member(pair: Any) -> Q:
    return Q(user_a__in=pair.user_ids) | Q(user_b__in=pair.user_ids)
