"""Exchanging the partners of two pairs: the first page finds the second pair, the next says who meets whom then."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from matching.forms.search import SearchForm
from matching.models import MatchHistory
from matching.pair_verbs import PERMISSION
from matching.rounds.by_hand import sides, swap
from matching.weeks.cards import managers_of, read_cards
from matching.weeks.made_pair import made_pair
from matching.weeks.others import others_to_swap_with
from users.models import Action, UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import came_from, load_pair
from .pair_verbs import pair_name


@require_safe
@needs(PERMISSION)
@on_primary
def choose(request: StaffRequest, week_id: str, pair_id: str) -> HttpResponse:
    pair = load_pair(week_id, pair_id)
    form = SearchForm(request.GET, asker=request.user)
    cards = read_cards(pair.match_week, others_to_swap_with(pair, form.understood), managers_of(pair.match_week))
    shown = [*pair.user_ids, *(key for card in cards for key in card.member_ids)]
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked={"swap": pair.pk})
    after = came_from(request, week_id)
    context = {
        "pair": pair,
        "name": pair_name(pair),
        "form": form,
        "rows": [{"card": card, "url": _swap_url(pair, card.pair, after)} for card in cards],
        "back_url": after,
    }
    return render(request, "matching/weeks/swap.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMISSION)
@on_primary
def swap_with(request: StaffRequest, week_id: str, pair_id: str, other_id: str) -> HttpResponse:
    pair, other = load_pair(week_id, pair_id), load_pair(week_id, other_id)
    if pair.pk == other.pk:
        raise Http404
    if request.method != "POST":
        return _confirm(request, pair, other)
    after = came_from(request, week_id)
    try:
        first, second = swap(pair, other, by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, _("The two pairs have exchanged partners."), undo_url=_swap_url(first, second, after))
    return redirect(after)


def _confirm(request: StaffRequest, pair: Any, other: Any) -> HttpResponse:
    (man, woman), (other_man, other_woman) = (sides(each) for each in (pair, other))
    after = ((man, other_woman), (other_man, woman))
    context = {
        "pair": pair,
        "before": [pair_name(pair), pair_name(other)],
        "after": [made_pair(pair.match_week, *members, asker=request.user) for members in after],
        "cancel_url": _with_next(
            "matching:week_swap", [pair.match_week_id, pair.pk], came_from(request, pair.match_week_id)
        ),
    }
    return render(request, "matching/weeks/swap_with.html", context)


def _swap_url(pair: MatchHistory, other: MatchHistory, after: str) -> str:
    return _with_next("matching:week_swap_with", [pair.match_week_id, pair.pk, other.pk], after)


def _with_next(name: str, args: list[str], after: str) -> str:
    return f"{reverse(name, args=args)}?{urlencode({'next': after})}"
