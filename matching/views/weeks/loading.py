"""Loading a round, and a pair of it, for a view."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from matching.models import MatchHistory, MatchWeek
from ygs_admin.web.access import StaffRequest
from ygs_admin.web.returning import returning_to


def load_week(week_id: str) -> MatchWeek:
    """Return the round.

    Raises:
        Http404: there is none.
    """
    week: MatchWeek | None = MatchWeek.objects.filter(pk=week_id).first()
    if week is None:
        raise Http404
    return week


def load_pair(week_id: str, pair_id: str, *, dropped: bool = False) -> Any:
    """Return a pair of the round with both members and everything that there is one of; one that was dropped if asked.

    Raises:
        Http404: there is none.
    """
    rows: Any = MatchHistory.all_objects if dropped else MatchHistory.objects
    pair = (
        rows.filter(pk=pair_id, match_week=week_id)
        .select_related("match_week", "user_a__profile", "user_b__profile")
        .first()
    )
    if pair is None or pair.match_week.is_deleted:
        raise Http404
    return pair


def came_from(request: StaffRequest, week_id: str) -> str:
    """Return the round's list with the filters that the address carries as `next`."""
    return returning_to(request, request.GET.get("next", ""), otherwise=reverse("matching:week", args=[week_id]))


def is_fragment(request: StaffRequest) -> bool:
    """Tell whether a list's results alone are asked for: not by a form of elsewhere that was led here."""
    asks = request.htmx and request.htmx.target == "results"
    return bool(asks and not request.htmx.history_restore_request and not request.htmx.boosted)
