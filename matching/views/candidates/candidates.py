"""The candidates of a member, best first: a shell and a results partial, served by the same URL."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from matching.candidates.filter import CandidateFilter
from matching.candidates.judging import current_round
from matching.candidates.ranking import SHORTLIST, Candidate, candidates_of
from matching.candidates.rows import read_rows
from matching.models import MatchHistory
from matching.rounds.eligibility import ineligibilities
from matching.views.weeks.loading import is_fragment
from users.models import Action, User, UserAccessAudit
from users.views.loading import load_live_member
from ygs_admin.web.access import StaffRequest, needs
from ygs_admin.web.keyset import Cursor, KeysetPage
from ygs_admin.web.listing import Listing

PAGE_SIZE = 20
KEYS = (
    {"key": "x", "label": _("Choose for comparing")},
    {"key": "c", "label": _("Compare")},
    {"key": "i", "label": _("Introduce now")},
)


@require_safe
@needs("matching.view_matchhistory")
@needs("users.view_userpreference")
def candidates(request: StaffRequest, user_id: str) -> HttpResponse:
    member = load_live_member(request, user_id)
    week, form = current_round(), CandidateFilter(request.GET)
    found, reasons = candidates_of(member.pk, week, form.condition), ineligibilities(member, week)
    context: dict[str, Any] = {
        "member": member,
        "form": form,
        "page": _listing(request, member, form, form.keep(found)),
        "keys": KEYS,
        "shortlist": SHORTLIST if len(found) >= SHORTLIST else None,
        "may_introduce": not reasons and request.user.has_perm("matching.add_matchhistory"),
    }
    if is_fragment(request):
        return render(request, "matching/candidates/_results.html", context)
    return render(request, "matching/candidates/list.html", context | {"reasons": reasons})


def _listing(request: StaffRequest, member: User, form: CandidateFilter, found: list[Candidate]) -> Listing:
    """Return a page of rows; whom it shows is on record before a picture of anybody has an address."""
    page = _page(found, request.GET.get("page", ""))
    rows = read_rows(found[page.position : page.position + PAGE_SIZE])
    shown = [member.pk, *(row.member.pk for row in rows)]
    asked = form.recorded() | {"candidates": member.pk}
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked=asked)
    return Listing(request, page, len(found), rows)


def _page(found: list[Candidate], cursor: str) -> KeysetPage:
    """Return where a cursor is in the list: it holds no more than a position, as the list is ranked anew each time."""
    read = Cursor.decode(cursor, (), MatchHistory)
    at = min(read.position if read else 0, max(0, len(found) - 1))
    before, after = Cursor((), position=max(0, at - PAGE_SIZE)), Cursor((), position=at + PAGE_SIZE)
    return KeysetPage([], at, previous=before if at else None, next=after if at + PAGE_SIZE < len(found) else None)
