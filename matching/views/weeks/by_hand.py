"""A pair made by hand: one member is found, then the other, then both are shown with what stands against it."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.forms.search import SearchForm
from matching.models import MatchWeek
from matching.rounds.by_hand import add_by_hand
from matching.weeks.finding import members_found, read_members
from matching.weeks.made_pair import made_pair
from users.models import Action, User, UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.db.ids import is_id
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import came_from, load_week
from .pair_verbs import pair_name, verb_url


@require_http_methods(["GET", "HEAD", "POST"])
@needs("matching.change_matchhistory")
@on_primary
def add(request: StaffRequest, week_id: str) -> HttpResponse:
    week = load_week(week_id)
    chosen = _chosen(request)
    if request.method == "POST":
        return _add(request, week, chosen)
    if len(chosen) == 2:  # noqa: PLR2004 - a pair
        return _confirm(request, week, chosen)
    return _find(request, week, chosen)


def _chosen(request: StaffRequest) -> list[User]:
    """Return whom the address names.

    Raises:
        Http404: it names somebody who is not there.
    """
    keys = [request.GET[name] for name in ("first", "second") if name in request.GET]
    members = read_members(keys) if all(is_id("usr", key) for key in keys) else []
    if len(members) != len(keys):
        raise Http404
    return members


def _find(request: StaffRequest, week: MatchWeek, chosen: list[User]) -> HttpResponse:
    first = next(iter(chosen), None)
    form = SearchForm(request.GET, asker=request.user)
    found = members_found(form.understood, partner_of=first)
    _record(request, week, [*chosen, *found])
    name = "second" if first else "first"
    context = {
        "week": week,
        "first": first,
        "form": form,
        "rows": [(member, _url(request, week, {**_asked(chosen), name: member.pk})) for member in found],
        "back_url": came_from(request, week.pk),
    }
    return render(request, "matching/weeks/add.html", context)


def _confirm(request: StaffRequest, week: MatchWeek, chosen: list[User]) -> HttpResponse:
    _record(request, week, chosen)
    context = {
        "week": week,
        "members": chosen,
        "made": made_pair(week, *chosen, asker=request.user),
        "cancel_url": _url(request, week, _asked(chosen[:1])),
    }
    return render(request, "matching/weeks/add_pair.html", context)


def _add(request: StaffRequest, week: MatchWeek, chosen: list[User]) -> HttpResponse:
    if len(chosen) != 2:  # noqa: PLR2004 - a pair
        raise Http404
    try:
        pair: Any = add_by_hand(week, *chosen, by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return redirect(_url(request, week, _asked(chosen)))
    flash(request, _("%(pair)s: added.") % {"pair": pair_name(pair)}, undo_url=verb_url("drop", pair))
    return redirect(came_from(request, week.pk))


def _record(request: StaffRequest, week: MatchWeek, members: list[User]) -> None:
    asked = {"week": str(week), "add": [key for key in request.GET if key not in {"q", "next"}]}
    UserAccessAudit.record_page(Action.SEARCH, [member.pk for member in members], by=request.user, asked=asked)


def _asked(chosen: list[User]) -> dict[str, str]:
    return {name: member.pk for name, member in zip(("first", "second"), chosen, strict=False)}


def _url(request: StaffRequest, week: MatchWeek, query: dict[str, str]) -> str:
    carried = {**query, "next": came_from(request, week.pk)}
    return f"{reverse('matching:week_add', args=[week.pk])}?{urlencode(carried)}"
