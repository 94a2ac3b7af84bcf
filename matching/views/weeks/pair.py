"""Why these two: a pair's two-way table, unfolded in its card or on a page of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.two_way import read_two_way
from matching.weeks.cards import managers_of, read_cards
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs, on_primary

from .loading import load_pair
from .pair_verbs import with_verbs


@require_safe
@needs("matching.view_matchhistory")
@needs("users.view_userpreference")
@on_primary
def pair(request: StaffRequest, week_id: str, pair_id: str) -> HttpResponse:
    pair = load_pair(week_id, pair_id)
    UserAccessAudit.record_each(
        Action.VIEW, pair.user_ids, by=request.user, resource_type=pair._meta.db_table, resource_id=pair.pk
    )
    context = {"pair": pair, "table": read_two_way(pair.explanation)}
    if request.htmx and request.htmx.target == f"why-{pair.pk}":
        return render(request, "matching/weeks/_two_way.html", context)
    week = pair.match_week
    cards = read_cards(week, [pair.pk], managers_of(week))
    return render(request, "matching/weeks/pair.html", context | with_verbs(cards, week, request.user)[0])
