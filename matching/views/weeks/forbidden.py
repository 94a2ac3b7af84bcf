"""The pairs that are forbidden for a round, and letting one of them be again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.models import ForbiddenPair, MatchHistory, MatchWeek
from matching.pair_verbs import CHANGEABLE, PERMISSION
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.keyset import Cursor, SortKey, bounded_count, read_page
from ygs_admin.web.listing import Listing

from .frame import frame
from .loading import load_week
from .pair_verbs import verb_url

PAGE_SIZE = 50
NEWEST = (SortKey("created_at", descending=True), SortKey("id", descending=True))


@require_safe
@needs("matching.view_matchweek")
@on_primary
def forbidden(request: StaffRequest, week_id: str) -> HttpResponse:
    week = load_week(week_id)
    rows = ForbiddenPair.objects.of_week(week.pk)
    page = read_page(rows, NEWEST, Cursor.decode(request.GET.get("page", ""), NEWEST, ForbiddenPair), PAGE_SIZE)
    found = rows.with_members().in_bulk([row["pk"] for row in page.rows])
    pairs = [found[row["pk"]] for row in page.rows if row["pk"] in found]
    allow_urls = _allow_urls(request, week, pairs)
    shown = [key for pair in pairs for key in (pair.user_a_id, pair.user_b_id)]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked={"week": str(week), "list": "forbidden"})
    context = {
        "frame": frame(request, week, "forbidden"),
        "page": Listing(request, page, bounded_count(rows), [(pair, allow_urls.get(_key(pair))) for pair in pairs]),
    }
    return render(request, "matching/weeks/forbidden.html", context)


def _allow_urls(request: StaffRequest, week: MatchWeek, pairs: list[Any]) -> dict[tuple[str, str], str]:
    """Return where each ban can be lifted: at the pair that it has dropped."""
    if week.status not in CHANGEABLE or not request.user.has_perm(PERMISSION):
        return {}
    members = [key for pair in pairs for key in _key(pair)]
    dropped = MatchHistory.all_objects.of_week(week).filter(user_a__in=members, user_b__in=members)
    return {_key(pair): verb_url("allow", pair) for pair in dropped.defer("explanation")}


def _key(pair: Any) -> tuple[str, str]:
    return pair.user_a_id, pair.user_b_id
