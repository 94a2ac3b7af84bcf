"""One case of the review, with everything that is needed to decide it beside the document."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from users.forms.review import ApproveForm, DecisionForm, RejectForm
from users.models import Action, ReviewClaim, ReviewDecision
from users.review.case import Case, Item
from users.review.comparing import facts_to_compare
from users.review.counters import oldest_of, waiting_now
from users.sections import photos_of
from ygs_admin.web.access import StaffRequest, on_primary

from .loading import HTTP_CONFLICT, case_elsewhere, load_case_or_404, needs_review

# A page that is open renews its lease often enough for two of the calls to be lost.
BEATS_A_LEASE = 3
KEYS = (
    {"key": "a", "label": gettext_lazy("Approve")},
    {"key": "r", "label": gettext_lazy("Reject")},
    {"key": "1–9", "label": gettext_lazy("Choose a reason")},
    {"key": "Ctrl Enter", "label": gettext_lazy("Send the form")},
    {"key": "s", "label": gettext_lazy("Skip")},
    {"key": "u", "label": gettext_lazy("Undo the last decision")},
    {"key": "[ ]", "label": gettext_lazy("Previous page, next page")},
    {"key": "- +", "label": gettext_lazy("Smaller, larger")},
    {"key": "t", "label": gettext_lazy("Turn")},
)


@require_safe
@needs_review
@on_primary
def case(request: StaffRequest, user_id: str) -> HttpResponse:
    found = load_case_or_404(request, user_id)
    claim = ReviewClaim.objects.live().select_related("staff").filter(pk=user_id).first()
    if claim is None or claim.staff_id != request.user.pk or not found.items:
        return case_elsewhere(request, found, claim)
    item = found.item(request.GET.get("item")) or found.items[0]
    return case_page(request, found, item, form=_asked(item, request.GET.get("reason", "")))


def case_page(
    request: StaffRequest,
    case: Case,
    item: Item,
    *,
    form: DecisionForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the case at one of its items; the look is on record before the page leaves."""
    waiting = waiting_now(request.user)
    context: dict[str, Any] = {
        "case": case,
        "item": item,
        "user_record": case.user,
        "compared": facts_to_compare(item, request.user),
        "approve_form": form if isinstance(form, ApproveForm) else ApproveForm(item=item),
        "reject_form": form if isinstance(form, RejectForm) else RejectForm(item=item),
        "is_rejecting": isinstance(form, RejectForm),
        "problem": problem,
        "waiting": waiting,
        "oldest": oldest_of(waiting),
        "undoable": ReviewDecision.objects.undoable(request.user),
        "keys": KEYS,
        "beat_seconds": settings.REVIEW_LEASE_SECONDS / BEATS_A_LEASE,
    }
    if request.user.has_perm("users.view_userphoto"):
        context |= photos_of(case.user)
    case.user.record(Action.VIEW, by=request.user, reason=_("Review"))
    return render(request, "users/review/case.html", context, status=status)


def changed_page(request: StaffRequest, user_id: str) -> HttpResponse:
    """Answer a decision that came too late with the case as it is now."""
    case = load_case_or_404(request, user_id)
    problem = _("This was changed or decided meanwhile. Nothing was noted.")
    if not case.items:
        return case_elsewhere(request, case, None, problem=problem, status=HTTP_CONFLICT)
    return case_page(request, case, case.items[0], problem=problem, status=HTTP_CONFLICT)


def _asked(item: Item, reason: str) -> RejectForm | None:
    """Return the form of a rejection for a reason that was chosen without a script."""
    chosen = next((known for known in item.reasons if known.value == reason), None)
    return RejectForm(item=item, initial={"reason": chosen.value, "note": chosen.sentence}) if chosen else None
