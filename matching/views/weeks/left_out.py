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
    form = LeftOutFilter(request.GET, week=week, asker=request.user)
    page, count = form.read(request.GET.get("page", ""), PAGE_SIZE)
    entries = read_entries(week, page)
    shown = [entry.row.user_id for entry in entries]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked=form.recorded())
    context = {"form": form, "page": Listing(request, page, count, entries)}
    if is_fragment(request):
        return render(request, "matching/weeks/_left_out.html", context | {"frame": {"week": week}})
    return render(request, "matching/weeks/left_out.html", context | {"frame": frame(request, week, "left_out")})
