"""The due list: who met a while ago, and has not been heard."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.feedback.due import feedback_due, is_overdue
from matching.models import MatchHistory
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs
from ygs_admin.web.keyset import Cursor, KeysetPage, SortKey, bounded_count, read_page
from ygs_admin.web.listing import Listing

PAGE_SIZE = 50
LONGEST_OVERDUE_FIRST = (SortKey("met_at"), SortKey("id"))


@require_safe
@needs("matching.view_matchfeedback")
def due(request: StaffRequest) -> HttpResponse:
    rows = feedback_due(timezone.now())
    cursor = Cursor.decode(request.GET.get("page", ""), LONGEST_OVERDUE_FIRST, MatchHistory)
    page = read_page(rows, LONGEST_OVERDUE_FIRST, cursor, PAGE_SIZE)
    listing = Listing(request, page, bounded_count(rows), _in_full(page))
    shown = [key for row in listing.rows for key in row.user_ids]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked={"list": "feedback_due"})
    is_fragment = request.htmx and not request.htmx.history_restore_request and not request.htmx.boosted
    template = "matching/feedback/_due.html" if is_fragment else "matching/feedback/due.html"
    return render(request, template, {"page": listing})


def _in_full(page: KeysetPage) -> list[Any]:
    """Return the introductions of a page with both members, and which sides are to be heard, in one query."""
    now, keys = timezone.now(), [row["pk"] for row in page.rows]
    rows = feedback_due(now).select_related("user_a", "user_b").in_bulk(keys)
    found = [rows[key] for key in keys if key in rows]
    for row in found:
        row.is_overdue = is_overdue(row.met_at, now)
        row.due_sides = [(row.user_a, row.lacks_a), (row.user_b, row.lacks_b)]
    return found
