"""Writing down what one side of an introduction says, and correcting it; one address for both."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.forms.feedback import FeedbackForm
from matching.models import MatchFeedback, MatchHistory
from matching.models.feedback_giving import AFTER_MEETING
from matching.views.editing import HTTP_CONFLICT, HTTP_UNPROCESSABLE, edit
from matching.views.introductions.loading import back_to, introduction_url, load_introduction, load_side
from users.models import User
from users.models.status import VerbRefusedError
from ygs_admin.db.soft_delete import DeletedRowExistsError
from ygs_admin.web.access import StaffRequest, needs_one_of, on_primary
from ygs_admin.web.flash import flash, flash_refusal

ADD, CHANGE = "matching.add_matchfeedback", "matching.change_matchfeedback"


@require_http_methods(["GET", "HEAD", "POST"])
@needs_one_of(ADD, CHANGE)
@on_primary
def feedback(request: StaffRequest, introduction_id: str, user_id: str) -> HttpResponse:
    pair = load_introduction(request, introduction_id)
    member = load_side(pair, user_id)
    there = MatchFeedback.all_objects.with_row_version().filter(match_history=pair, user=member).first()
    if not request.user.has_perm(CHANGE if there else ADD):
        raise PermissionDenied
    if there is None:
        return _give(request, pair, member)
    if there.is_deleted:
        return _offer_to_restore(request, pair, member, there)
    return edit(request, there, FeedbackForm, **_page(pair, member, there))


def _give(request: StaffRequest, pair: MatchHistory, member: User) -> HttpResponse:
    form = FeedbackForm(request.POST or None, instance=MatchFeedback(match_history=pair, user=member))
    try:
        pair.refuse_unless_in(AFTER_MEETING)
        if request.method != "POST" or not form.is_valid():
            return _ask(request, pair, member, form)
        given = {name: form.cleaned_data[name] for name in FeedbackForm.Meta.fields}
        texts = {"tags": given["tags"] or (), "comment": given["comment"] or ""}
        row = MatchFeedback.give(pair, by=request.user, user_id=member.pk, **given | texts)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return back_to(request, pair)
    except DeletedRowExistsError:
        return redirect(request.path)
    flash(request, _("What %(name)s says is written down.") % {"name": member.shown.name}, undo_url=_undo(request, row))
    return back_to(request, pair)


def _undo(request: StaffRequest, row: MatchFeedback) -> str:
    """Return where it is deleted again; none where that is not this person's to do, or a manager is to decide."""
    if row.is_incident or not request.user.has_perm("matching.delete_matchfeedback"):
        return ""
    version = MatchFeedback.objects.with_row_version().get(pk=row.pk).row_version
    return f"{reverse('matching:feedback_delete', args=[row.pk])}?row_version={version}&reason={_('Undone at once')}"


def _ask(request: StaffRequest, pair: MatchHistory, member: User, form: FeedbackForm) -> HttpResponse:
    status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
    context = _page(pair, member, None) | {"form": form, "action_url": request.path}
    return render(request, "matching/edit.html", context | {"cancel_url": context["back_url"]}, status=status)


def _offer_to_restore(request: StaffRequest, pair: MatchHistory, member: User, there: MatchFeedback) -> HttpResponse:
    context = {"introduction": pair, "member": member, "feedback": there, "cancel_url": introduction_url(pair)}
    status = HTTP_CONFLICT if request.method == "POST" else 200
    return render(request, "matching/feedback/restore.html", context, status=status)


def _page(pair: MatchHistory, member: User, there: MatchFeedback | None) -> dict[str, Any]:
    return {
        "title": _("What %(name)s says") % {"name": member.shown.name},
        "back_url": introduction_url(pair),
        "introduction": pair,
        "feedback": there,
    }
