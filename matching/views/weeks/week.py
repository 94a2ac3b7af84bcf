"""A round's pairs as cards: a shell and a results partial, served by the same URL."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from matching.models import MatchWeek
from matching.weeks.cards import managers_of, read_cards
from matching.weeks.filter import PairFilter
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.listing import Listing

from .frame import frame
from .loading import is_fragment, load_week
from .pair_verbs import with_verbs

PAGE_SIZE = 25
KEYS = (
    {"key": "e", "label": _("Why these two")},
    {"key": "p", "label": _("Pin, unpin")},
    {"key": "c", "label": _("Confirm, take the confirmation back")},
    {"key": "x", "label": _("Drop")},
    {"key": "f", "label": _("Forbid")},
    {"key": "s", "label": _("Swap partners")},
    {"key": "a", "label": _("Add a pair")},
)


@require_safe
@needs("matching.view_matchweek")
@on_primary
def week(request: StaffRequest, week_id: str) -> HttpResponse:
    week = load_week(week_id)
    framing = {"week": week} if is_fragment(request) else frame(request, week, "pairs")
    works = week.unfinished_job() if is_fragment(request) else framing["run"]
    managers = managers_of(week)
    form = PairFilter(request.GET, week=week, managers=managers, asker=request.user)
    page = _listing(request, week, form, managers, is_worked_on=works is not None)
    context: dict[str, Any] = {"frame": framing, "form": form, "page": page, "keys": KEYS}
    template = "matching/weeks/_results.html" if is_fragment(request) else "matching/weeks/week.html"
    return render(request, template, context)


def _listing(
    request: StaffRequest, week: MatchWeek, form: PairFilter, managers: dict[str, str], *, is_worked_on: bool
) -> Listing:
    """Return the page of cards; whom it shows is on record before a picture of anybody has an address."""
    page, count = form.read(request.GET.get("page", ""), PAGE_SIZE)
    cards = read_cards(week, [row["pk"] for row in page.rows], managers)
    shown = [key for card in cards for key in card.member_ids]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked=form.recorded())
    return Listing(request, page, count, with_verbs(cards, week, request.user, is_worked_on=is_worked_on))
