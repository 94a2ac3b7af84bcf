"""Whom the last run of a round left out, with reasons."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.weeks.left_out import LeftOutFilter, read_entries
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.listing import Listing

from .frame import frame
from .loading import is_fragment, load_week

PAGE_SIZE = 50


@require_safe
@needs("matching.view_matchweek")
@on_primary
def left_out(request: StaffRequest, week_id: str) -> HttpResponse:
    week = load_week(week_id)
    framing = {"week": week} if is_fragment(request) else frame(request, week, "left_out")
    form = LeftOutFilter(request.GET, week=week, asker=request.user)
    page, count = form.read(request.GET.get("page", ""), PAGE_SIZE)
    entries = read_entries(week, page)
    shown = [entry.row.user_id for entry in entries]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked=form.recorded())
    context = {"frame": framing, "form": form, "page": Listing(request, page, count, entries)}
    template = "matching/weeks/_left_out.html" if is_fragment(request) else "matching/weeks/left_out.html"
    return render(request, template, context)
