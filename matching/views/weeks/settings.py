"""Opening a round, and the settings of its next run."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.forms.week import NewWeekForm, SettingsForm
from matching.models import MatchWeek
from matching.pair_verbs import CHANGEABLE
from users.models.status import VerbRefusedError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash

from .frame import frame
from .loading import load_week

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422
CHANGE = "matching.change_matchweek"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("matching.add_matchweek")
@on_primary
def new(request: StaffRequest) -> HttpResponse:
    form = NewWeekForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "matching/weeks/new.html", {"form": form}, status=_status(form))
    try:
        week = form.open(by=request.user)
    except VerbRefusedError as refusal:
        form.add_error(None, str(refusal))
        return render(request, "matching/weeks/new.html", {"form": form}, status=HTTP_UNPROCESSABLE)
    flash(request, _("The round %(week)s is open.") % {"week": week})
    return redirect("matching:week", week.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("matching.view_matchweek")
@on_primary
def settings(request: StaffRequest, week_id: str) -> HttpResponse:
    """Show the settings to whoever sees the round; whoever may change it sends the form."""
    week = load_week(week_id)
    if request.method == "POST":
        return _change(request, week_id)
    return _page(request, week, _form(week))


@needs(CHANGE)
def _change(request: StaffRequest, week_id: str) -> HttpResponse:
    week = load_week(week_id)
    form = _form(week, request.POST)
    if not form.is_valid():
        return _page(request, week, form, status=HTTP_UNPROCESSABLE)
    try:
        form.change(week, by=request.user)
    except VerbRefusedError as refusal:
        form.add_error(None, str(refusal))
        return _page(request, week, form, status=HTTP_CONFLICT)
    flash(request, _("Saved."))
    return redirect("matching:week", week.pk)


def _form(week: MatchWeek, posted: Any = None) -> SettingsForm:
    return SettingsForm(posted, settings=week.round_settings, initial={"note": week.note})


def _page(request: StaffRequest, week: MatchWeek, form: SettingsForm, *, status: int = 200) -> HttpResponse:
    may_change = request.user.has_perm(CHANGE) and week.status in CHANGEABLE
    for field in form.fields.values():
        field.disabled = field.disabled or not may_change
    context = {
        "frame": frame(request, week, "settings"),
        "form": form,
        "may_change": may_change,
        "cancel_url": reverse("matching:week", args=[week.pk]),
    }
    return render(request, "matching/weeks/settings.html", context, status=status)


def _status(form: SettingsForm) -> int:
    return HTTP_UNPROCESSABLE if form.is_bound else 200
