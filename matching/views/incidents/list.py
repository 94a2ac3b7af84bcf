"""Incidents: those that wait for a manager, the oldest first; and those that were decided."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.models import Decision, MatchFeedback
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs
from ygs_admin.web.keyset import Cursor, KeysetPage, SortKey, bounded_count, read_page
from ygs_admin.web.listing import Listing

DECIDE = "matching.decide_incident"
PAGE_SIZE = 50
OLDEST_FIRST = (SortKey("created_at"), SortKey("id"))
NEWEST_FIRST = (SortKey("created_at", descending=True), SortKey("id", descending=True))


@require_safe
@needs(DECIDE)
def incidents(request: StaffRequest) -> HttpResponse:
    is_decided = request.GET.get("state") == "decided"
    order = NEWEST_FIRST if is_decided else OLDEST_FIRST
    rows = MatchFeedback.objects.decided() if is_decided else MatchFeedback.objects.undecided()
    page = read_page(rows, order, Cursor.decode(request.GET.get("page", ""), order, MatchFeedback), PAGE_SIZE)
    listing = Listing(request, page, bounded_count(rows), _in_full(page))
    shown = [key for row in listing.rows for key in row.user_ids]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked={"list": "incidents"})
    is_fragment = request.htmx and not request.htmx.history_restore_request and not request.htmx.boosted
    template = "matching/incidents/_list.html" if is_fragment else "matching/incidents/list.html"
    return render(request, template, {"page": listing, "is_decided": is_decided})


def _in_full(page: KeysetPage) -> list[Any]:
    """Return the incidents of a page with both members and what stands, in one query."""
    keys, labels = [row["pk"] for row in page.rows], dict(Decision.choices)
    rows = MatchFeedback.objects.incidents().select_related("user", "match_history__user_a", "match_history__user_b")
    found = rows.in_bulk(keys)
    for row in found.values():
        row.partner = row.match_history.partner_of(row.user_id)
        row.standing_label = labels.get(row.stands, row.stands or "")
    return [found[key] for key in keys if key in found]
