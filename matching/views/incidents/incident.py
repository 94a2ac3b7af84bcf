"""One incident: what was said, what was decided so far, and deciding."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.forms.feedback import DecideForm, IncidentForm
from matching.models import MatchFeedback
from matching.views.feedback.loading import load_feedback
from users.models import Action
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .list import DECIDE

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422


@require_safe
@needs(DECIDE)
@on_primary
def incident(request: StaffRequest, feedback_id: str) -> HttpResponse:
    row = _load(request, feedback_id)
    row.record(Action.VIEW, by=request.user)
    return _page(request, row)


@require_POST
@needs(DECIDE)
@on_primary
def decide(request: StaffRequest, feedback_id: str) -> HttpResponse:
    row = _load(request, feedback_id)
    form = DecideForm(request.POST, feedback=row, by=request.user)
    if not form.is_valid():
        return _page(request, row, status=HTTP_UNPROCESSABLE, decide_form=form)
    given = form.cleaned_data
    return _press(
        request,
        row,
        lambda: row.decide(given["decision"], by=request.user, reason=given["reason"], version=given["row_version"]),
        said=_("It is decided."),
    )


@require_POST
@needs(DECIDE)
@on_primary
def reopen(request: StaffRequest, feedback_id: str) -> HttpResponse:
    row = _load(request, feedback_id)
    form = IncidentForm(request.POST, feedback=row)
    if not form.is_valid():
        return _page(request, row, status=HTTP_UNPROCESSABLE, reopen_form=form)
    given = form.cleaned_data
    verb = lambda: row.reopen(by=request.user, reason=given["reason"], version=given["row_version"])  # noqa: E731
    return _press(request, row, verb, said=_("The incident waits for a decision again."))


def _press(request: StaffRequest, row: MatchFeedback, verb: Any, *, said: str) -> HttpResponse:
    try:
        verb()
    except RowConflictError:
        return _page(request, _load(request, row.pk), status=HTTP_CONFLICT, is_conflict=True)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, said)
    return redirect("matching:incident", row.pk)


def _load(request: StaffRequest, feedback_id: str) -> MatchFeedback:
    row = load_feedback(request, feedback_id)
    if not row.is_incident or row.is_deleted:
        raise Http404
    return row


def _page(request: StaffRequest, row: MatchFeedback, *, status: int = 200, **more: Any) -> HttpResponse:
    pair = row.match_history
    giver, reported = (pair.user_a, pair.user_b) if row.user_id == pair.user_a_id else (pair.user_b, pair.user_a)
    context = {
        "feedback": row,
        "introduction": pair,
        "giver": giver,
        "reported": reported,
        "decisions": list(row.decisions.order_by("-position")),
        "is_undecided": row.is_undecided,
        "decide_form": DecideForm(feedback=row, by=request.user),
        "reopen_form": IncidentForm(feedback=row),
        **more,
    }
    return render(request, "matching/incidents/incident.html", context, status=status)
