"""One small URL a verb on a round: GET says what it will do, POST does it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from matching.models import MatchWeek
from matching.week_verbs import WEEK_VERBS, WeekVerb
from users.models.status import VerbRefusedError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import load_week


def week_verb_view(verb: WeekVerb) -> Any:
    """Return the view of one verb."""
    view = needs(verb.permission)(on_primary(partial(_verb, verb=verb)))
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def _verb(request: StaffRequest, week_id: str, *, verb: WeekVerb) -> HttpResponse:
    week = load_week(week_id)
    if request.method != "POST":
        context = {"week": week, "verb": verb, "cancel_url": reverse("matching:week", args=[week.pk])}
        return render(request, "matching/weeks/week_verb.html", context)
    return apply_verb(request, week, verb)


def apply_verb(request: StaffRequest, week: MatchWeek, verb: WeekVerb) -> HttpResponse:
    """Do it, say so or why not, and lead to the round."""
    try:
        changed = verb.apply(week, request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        inverse = WEEK_VERBS.get(verb.inverse) if changed else None
        said = verb.done if changed else verb.nothing_done or verb.done
        flash(request, str(said), undo_url=reverse(inverse.url_name, args=[week.pk]) if inverse else "")
    return redirect("matching:week", week.pk)
