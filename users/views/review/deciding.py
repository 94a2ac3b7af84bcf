"""Approving and rejecting one item of a case, and taking it back while it is not final."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from users.forms.review import ApproveForm, DecisionForm, RejectForm
from users.models import ReviewClaim, ReviewDecision
from users.models.review_claim import CaseHeldError
from users.models.review_decision import ReviewVerb
from users.models.status import VerbRefusedError
from users.review.case import Case
from users.review.deciding import AlreadyDecidedError, decide
from ygs_admin.web.access import StaffRequest, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .case import case_page, changed_page
from .loading import go_on, needs_review, with_case_in_hand

HTTP_UNPROCESSABLE = 422
FORMS: dict[str, type[DecisionForm]] = {ReviewVerb.APPROVE: ApproveForm, ReviewVerb.REJECT: RejectForm}


def deciding_view(verb: str) -> Any:
    """Return the view that takes one kind of decision."""
    return require_POST(needs_review(on_primary(with_case_in_hand(partial(_decide, verb=verb)))))


def _decide(request: StaffRequest, case: Case, *, verb: str) -> HttpResponse:
    item = case.item(request.POST.get("item") or "none")
    if item is None:
        return changed_page(request, case.user.pk)
    form = FORMS[verb](request.POST, item=item)
    if not form.is_valid():
        return case_page(request, case, item, form=form, status=HTTP_UNPROCESSABLE)
    try:
        decide(case, item, by=request.user, verb=verb, **form.decided())
    except AlreadyDecidedError:
        return changed_page(request, case.user.pk)
    return go_on(request)


@require_POST
@needs_review
@on_primary
def undo(request: StaffRequest, decision_id: str) -> HttpResponse:
    """Take one of one's own decisions back, and return to its case where nobody else has that in hand by now."""
    decision = ReviewDecision.objects.filter(pk=decision_id, staff=request.user).first()
    if decision is None:
        raise Http404
    try:
        decision.undo()
        ReviewClaim.objects.hold(decision.member_id, by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return go_on(request)
    except CaseHeldError as held:
        text = _("The decision is undone. %(name)s has the case in hand now.")
        flash(request, text % {"name": held.claim.staff.name})
        return go_on(request)
    return redirect("users:review_case", decision.member_id)
