"""Introducing a member to a candidate at once, and taking that back."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.candidates.comparing import compared
from matching.candidates.introducing import introduce_now
from matching.candidates.judging import current_round
from matching.models import MatchHistory
from users.models import Action, UserAccessAudit
from users.models.status import VerbRefusedError
from users.views.loading import load_live_member
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import load_other


@require_http_methods(["GET", "HEAD", "POST"])
@needs("matching.add_matchhistory")
@needs("users.view_userpreference")
@on_primary
def introduce(request: StaffRequest, user_id: str) -> HttpResponse:
    member, other = load_live_member(request, user_id), load_other(request, user_id)
    if request.method != "POST":
        UserAccessAudit.record_page(Action.VIEW, [member.pk, other.pk], by=request.user)
        context = {"member": member, "verdict": compared(member, [other], current_round())[0]}
        return render(request, "matching/candidates/introduce.html", context)
    try:
        introduction = introduce_now(member, other, by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        undo_url = reverse("candidates:take_back", args=[member.pk, introduction.pk])
        said = {"first": member.shown.name, "second": other.shown.name}
        flash(request, _("%(first)s and %(second)s are introduced.") % said, undo_url=undo_url)
    return redirect("candidates:list", member.pk)


@require_POST
@needs("matching.add_matchhistory")
def take_back(request: StaffRequest, user_id: str, introduction_id: str) -> HttpResponse:
    """Cancel an introduction that was made a moment ago; both sides get it back."""
    member = load_live_member(request, user_id)
    introduction: MatchHistory | None = MatchHistory.objects.of_member(member.pk).filter(pk=introduction_id).first()
    if introduction is None:
        raise Http404
    try:
        introduction.cancel(by=request.user, reason=_("Taken back after introducing by hand"))
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, _("The introduction is canceled."))
    return redirect("candidates:list", member.pk)
