"""Loading a case of the review for a view, and what is answered where it is in other hands."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from users.models import ReviewClaim
from users.models.review_claim import CaseHeldError
from users.review.case import Case, load_case
from users.review.deciding import settle_due
from users.review.queue import DECIDES_DOCUMENTS, DECIDES_SIGN_UPS, next_case
from ygs_admin.web.access import StaffRequest, needs_one_of
from ygs_admin.web.flash import flash

HTTP_CONFLICT = 409

needs_review = needs_one_of(DECIDES_SIGN_UPS, DECIDES_DOCUMENTS)


def load_case_or_404(request: StaffRequest, user_id: str) -> Case:
    """Return the case as it is now.

    Raises:
        Http404: there is no such member.
    """
    case = load_case(user_id, request.user)
    if case is None:
        raise Http404
    return case


def with_case_in_hand(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view a case that is in this person's hands, taken where it was free; else say whose it is."""

    @wraps(view)
    def with_case(request: StaffRequest, user_id: str, **kwargs: Any) -> HttpResponse:
        case = load_case_or_404(request, user_id)
        try:
            ReviewClaim.objects.hold(case.user.pk, by=request.user)
        except CaseHeldError as held:
            return case_elsewhere(request, case, held.claim, status=HTTP_CONFLICT)
        return view(request, case, **kwargs)

    return with_case


def case_elsewhere(
    request: StaffRequest, case: Case, claim: ReviewClaim | None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Say who has the case in hand, that nobody has, or that nothing of it waits; nothing is told of the member."""
    context = {"member_id": case.user.pk, "claim": claim, "waits": bool(case.items), "problem": problem}
    return render(request, "users/review/elsewhere.html", context, status=status)


def go_on(request: StaffRequest) -> HttpResponse:
    """Lead to the next case, or to the queue where there is none; on the way make final what is due."""
    for _decision in settle_due(request.user):
        pass
    member_id = next_case(request.user)
    if member_id is not None:
        return redirect("users:review_case", member_id)
    flash(request, _("There is nothing more for you to review now."))
    return redirect("users:review")
