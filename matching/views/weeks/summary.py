"""What the last run of a round found, in figures and pictures. Nobody is named."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.weeks.figures import figures_of
from ygs_admin.web.access import StaffRequest, needs, on_primary

from .frame import frame
from .loading import load_week


@require_safe
@needs("matching.view_matchweek")
@on_primary
def summary(request: StaffRequest, week_id: str) -> HttpResponse:
    week = load_week(week_id)
    context = {"frame": frame(request, week, "summary"), "figures": figures_of(week)}
    return render(request, "matching/weeks/summary.html", context)
