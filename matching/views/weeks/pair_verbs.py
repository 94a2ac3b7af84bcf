"""One small URL a verb on a proposed pair: GET says what it will do, POST does it."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from matching.forms.reason import ReasonForm
from matching.models import MatchHistory, MatchWeek
from matching.pair_verbs import PAIR_VERBS, PERMISSION, PairVerb, offered_on
from matching.weeks.cards import Card
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal
from ygs_admin.web.returning import returning_to

from .loading import load_pair

HTTP_UNPROCESSABLE = 422


def pair_verb_view(verb: PairVerb) -> Any:
    """Return the view of one verb."""
    return require_http_methods(["GET", "HEAD", "POST"])(needs(PERMISSION)(on_primary(partial(_verb, verb=verb))))


def with_verbs(cards: list[Card], week: MatchWeek, staff: Staff, *, is_worked_on: bool = False) -> list[dict[str, Any]]:
    """Return the cards with what this person can do to each; nothing while a job works on the round."""
    offered = [[] if is_worked_on else offered_on(card.pair, week, staff) for card in cards]
    return [
        {"card": card, "verbs": [described(verb, card.pair) for verb in verbs]}
        for card, verbs in zip(cards, offered, strict=True)
    ]


def described(verb: PairVerb, pair: MatchHistory) -> dict[str, Any]:
    return {
        "label": verb.label,
        "tone": verb.tone,
        "needs_reason": verb.needs_reason,
        "shortcut": verb.shortcut,
        "url": verb_url(verb.key, pair),
    }


def verb_url(key: str, pair: MatchHistory) -> str:
    return reverse(f"matching:week_pair_{key.replace('-', '_')}", args=[pair.match_week_id, pair.pk])


def pair_name(pair: Any) -> str:
    return f"{pair.user_a.shown.name} – {pair.user_b.shown.name}"


def _verb(request: StaffRequest, week_id: str, pair_id: str, *, verb: PairVerb) -> HttpResponse:
    pair = load_pair(week_id, pair_id, dropped=True)
    form = ReasonForm(request.POST or None) if verb.needs_reason else None
    if request.method != "POST":
        return _confirm(request, pair, verb, form)
    if form is not None and not form.is_valid():
        return _confirm(request, pair, verb, form, status=HTTP_UNPROCESSABLE)
    return _apply(request, pair, verb, form.cleaned_data["reason"] if form else "")


def _apply(request: StaffRequest, pair: MatchHistory, verb: PairVerb, reason: str) -> HttpResponse:
    try:
        changed = verb.apply(pair, request.user, reason)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        undo_url = _undo_url(verb, pair) if changed else ""
        flash(request, str(verb.done) % {"pair": pair_name(pair)}, undo_url=undo_url)
    week_url = reverse("matching:week", args=[pair.match_week_id])
    return redirect(returning_to(request, request.POST.get("next", ""), otherwise=week_url))


def _undo_url(verb: PairVerb, pair: MatchHistory) -> str:
    """Return where the inverse is pressed; none where it asks for a reason."""
    inverse = PAIR_VERBS[verb.inverse]
    return "" if inverse.needs_reason else verb_url(inverse.key, pair)


def _confirm(request: StaffRequest, pair: Any, verb: PairVerb, form: Any, *, status: int = 200) -> HttpResponse:
    week_url = reverse("matching:week", args=[pair.match_week_id])
    back = returning_to(request, request.POST.get("next") or request.GET.get("next", ""), otherwise=week_url)
    context = {
        "pair": pair,
        "name": pair_name(pair),
        "verb": verb,
        "form": form,
        "action_url": request.path,
        "back_url": back,
    }
    return render(request, "matching/weeks/pair_verb.html", context, status=status)
