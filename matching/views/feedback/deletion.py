"""Deleting feedback, and bringing it back."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.forms.feedback import IncidentForm
from matching.models import MatchFeedback
from matching.views.introductions.loading import back_to, introduction_url, posted
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import load_feedback

DELETE = "matching.delete_matchfeedback"
HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(DELETE)
@on_primary
def delete(request: StaffRequest, feedback_id: str) -> HttpResponse:
    row = load_feedback(request, feedback_id)
    if request.method != "POST":
        return _ask(request, row, IncidentForm(feedback=row))
    form = IncidentForm(posted(request), feedback=row)
    if not form.is_valid():
        return _ask(request, row, form, status=HTTP_UNPROCESSABLE)
    try:
        changed = row.soft_delete(
            by=request.user, reason=form.cleaned_data["reason"], version=form.cleaned_data["row_version"]
        )
    except RowConflictError:
        fresh = IncidentForm(feedback=load_feedback(request, feedback_id), initial={"reason": form.data["reason"]})
        return _ask(request, row, fresh, status=HTTP_CONFLICT, is_conflict=True)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        undo_url = reverse("matching:feedback_restore", args=[row.pk])
        flash(request, _("The feedback is deleted."), undo_url=undo_url if changed else "")
    return back_to(request, row.match_history)


@require_POST
@needs(DELETE)
@on_primary
def restore(request: StaffRequest, feedback_id: str) -> HttpResponse:
    row = load_feedback(request, feedback_id)
    row.undelete(by=request.user)
    flash(request, _("The feedback is back."))
    return back_to(request, row.match_history)


def _ask(
    request: StaffRequest, row: MatchFeedback, form: IncidentForm, *, status: int = 200, is_conflict: bool = False
) -> HttpResponse:
    context = {
        "introduction": row.match_history,
        "form": form,
        "action_url": request.path,
        "cancel_url": introduction_url(row.match_history),
        "is_conflict": is_conflict,
    }
    return render(request, "matching/feedback/delete.html", context, status=status)
