"""Publishing a round: first who is introduced and who is held back, and why; then the job that does it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from matching.models import MatchWeek
from matching.rounds.publishing import HeldBack, publish_preview
from matching.week_verbs import PERMISSION, PUBLISH
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs, on_primary

from .loading import load_week
from .pair_verbs import pair_name
from .week_verbs import apply_verb

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMISSION)
@on_primary
def publish(request: StaffRequest, week_id: str) -> HttpResponse:
    week = load_week(week_id)
    if request.method == "POST":
        return apply_verb(request, week, PUBLISH)
    return _preview(request, week)


def _preview(request: StaffRequest, week: MatchWeek) -> HttpResponse:
    preview = publish_preview(week)
    held_back = preview.held_back[:SHOWN]
    shown = [key for held in held_back for key in held.pair.user_ids]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked={"week": str(week), "list": "publish"})
    context = {
        "week": week,
        "verb": PUBLISH,
        "preview": preview,
        "held_back": [_described(held) for held in held_back],
        "not_shown": len(preview.held_back) - len(held_back),
        "cancel_url": reverse("matching:week", args=[week.pk]),
    }
    return render(request, "matching/weeks/publish.html", context)


def _described(held: HeldBack) -> dict[str, Any]:
    return {
        "url": reverse("matching:week_pair", args=[held.pair.match_week_id, held.pair.pk]),
        "pair": pair_name(held.pair),
        "why": [
            (hindrance.member.shown.name if hindrance.member else "", hindrance.reason.sentence)
            for hindrance in held.hindrances
        ],
    }
