"""An introduction's page: both members, why these two, the story so far, the next verbs, both feedbacks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matching.forms.introduction import IntroductionVerbForm
from matching.introductions.script import may_have_script
from matching.introductions.sides import sides_of
from matching.introductions.timeline import timeline
from matching.introductions.verbs import PERMISSION, offered_for
from matching.models import IntroductionStatus, MatchHistory
from matching.models.feedback_giving import AFTER_MEETING
from matching.two_way import TwoWay, read_two_way
from users.masking import SEE_NAMES
from users.revealing import REVEAL_CONTACT
from ygs_admin.web.access import StaffRequest, needs

from .loading import load_introduction, record_look


@require_safe
@needs("matching.view_matchhistory")
def introduction(request: StaffRequest, introduction_id: str) -> HttpResponse:
    pair = load_introduction(request, introduction_id)
    sides = sides_of(pair, request.user)
    context = {
        "introduction": pair,
        "sides": sides,
        "table": _two_way(request, pair),
        "steps": timeline(pair, sides),
        "plan": pair.plan() if pair.status == IntroductionStatus.DATE_FIXED else None,
        "verbs": _verbs(request, pair),
        "memo_url": reverse("matching:introduction_memo", args=[pair.pk]) if request.user.has_perm(PERMISSION) else "",
        "script_url": _script_url(request, pair),
        "takes_feedback": pair.status in AFTER_MEETING,
        "quick_form": IntroductionVerbForm(introduction=pair),
    }
    record_look(pair, request)
    return render(request, "matching/introductions/introduction.html", context)


def _two_way(request: StaffRequest, pair: MatchHistory) -> TwoWay | None:
    may_see = request.user.has_perm("users.view_userpreference")
    return read_two_way(pair.explanation) if may_see else None


def _verbs(request: StaffRequest, pair: MatchHistory) -> list[dict[str, Any]]:
    return [
        {"label": verb.label, "tone": verb.tone, "url": reverse(verb.url_name, args=[pair.pk])}
        for verb in offered_for(pair, request.user)
    ]


def _script_url(request: StaffRequest, pair: MatchHistory) -> str:
    if request.user.has_perms([REVEAL_CONTACT, SEE_NAMES]) and may_have_script(pair):
        return reverse("matching:introduction_script", args=[pair.pk])
    return ""
