"""Loading an introduction for its pages."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from matching.models import MatchHistory
from users.models import Action
from ygs_admin.web.access import StaffRequest
from ygs_admin.web.returning import returning_to


def load_introduction(request: StaffRequest, introduction_id: str) -> MatchHistory:
    """Return a live introduction with its version, its round and both members, who are noted as shown.

    Raises:
        Http404: there is none.
    """
    rows: Any = MatchHistory.objects.with_row_version().select_related("match_week", "user_a", "user_b")
    found: MatchHistory | None = rows.filter(pk=introduction_id).first()
    if found is None:
        raise Http404
    for member in (found.user_a, found.user_b):
        member.note_shown()
    return found


def load_side(introduction: MatchHistory, user_id: str) -> Any:
    """Return the member of that side.

    Raises:
        Http404: the member is neither of the two.
    """
    if user_id not in introduction.user_ids:
        raise Http404
    return introduction.user_a if user_id == introduction.user_a_id else introduction.user_b


def record_look(introduction: MatchHistory, request: StaffRequest) -> None:
    """Put the look at both members on the record."""
    introduction.record(Action.VIEW, by=request.user)


def posted(request: StaffRequest) -> QueryDict:
    """Return what was posted. An undo has what its verb is given in the URL that it is posted to."""
    given = request.POST.copy()
    for name in request.GET:
        given.setdefault(name, request.GET.get(name))
    return given


def introduction_url(introduction: MatchHistory) -> str:
    return reverse("matching:introduction", args=[introduction.pk])


def came_from(request: StaffRequest, introduction: MatchHistory) -> str:
    """Return the page that the form or its address names as `next`, else the introduction's own."""
    return returning_to(request, posted(request).get("next", ""), otherwise=introduction_url(introduction))


def back_to(request: StaffRequest, introduction: MatchHistory) -> HttpResponse:
    return redirect(came_from(request, introduction))
