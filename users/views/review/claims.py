"""Taking a case in hand, keeping it, putting it aside."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from users.models import ReviewClaim, ReviewSkip
from users.models.review_claim import CaseHeldError
from users.review.case import Case, load_case
from users.review.queue import claim_next
from ygs_admin.web.access import StaffRequest, on_primary

from .loading import HTTP_CONFLICT, case_elsewhere, go_on, load_case_or_404, needs_review, with_case_in_hand

# What a page has in hand: the case that it shows, and the one that is ready to follow.
MOST_KEPT = 2


@require_POST
@needs_review
@on_primary
def take(request: StaffRequest, user_id: str) -> HttpResponse:
    """Take the case in hand, from somebody else too: that is on record, and they are told."""
    case = load_case_or_404(request, user_id)
    if not case.items:
        return case_elsewhere(request, case, None, status=HTTP_CONFLICT)
    try:
        ReviewClaim.objects.take_over(user_id, by=request.user)
    except CaseHeldError as held:
        return case_elsewhere(request, case, held.claim, status=HTTP_CONFLICT)
    return redirect("users:review_case", user_id)


@require_POST
@needs_review
@on_primary
@with_case_in_hand
def skip(request: StaffRequest, case: Case) -> HttpResponse:
    ReviewSkip.objects.put_aside(case.user.pk, by=request.user)
    return go_on(request)


@require_POST
@needs_review
@on_primary
def keep(request: StaffRequest) -> HttpResponse:
    """Renew the leases of what a page has in hand; 409 and who has it where somebody has taken the case over."""
    shown, *following = [*request.POST.getlist("case")[:MOST_KEPT], ""]
    ReviewClaim.objects.renew([shown, *following], by=request.user)
    taken = ReviewClaim.objects.of_others(request.user).select_related("staff").filter(pk=shown).first()
    if taken is not None:
        return render(request, "users/review/_taken.html", {"claim": taken}, status=HTTP_CONFLICT)
    return HttpResponse(status=204)


@require_POST
@needs_review
@on_primary
def ahead(request: StaffRequest) -> HttpResponse:
    """Claim the case that follows the one in hand, and say which picture the browser may load for it already."""
    held = ReviewClaim.objects.of(request.user).exclude(pk=request.POST.get("case", "")).first()
    member_id = held.member_id if held else claim_next(request.user)
    case = load_case(member_id, request.user) if member_id else None
    item = case.item(None) if case else None
    return render(request, "users/review/_ahead.html", {"member_id": member_id, "item": item})
