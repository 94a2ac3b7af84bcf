"""The review queue: what waits, whose hands it is in, and the way to the next case."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from users.models import ReviewClaim, ReviewDecision, ReviewSkip
from users.review.counters import oldest_of, waiting_now
from ygs_admin.web.access import StaffRequest, on_primary

from .loading import go_on, needs_review

MOST_SHOWN = 50
KEYS = (
    {"key": "n", "label": _("Go to the next case")},
    {"key": "u", "label": _("Undo the last decision")},
)


@require_safe
@needs_review
@on_primary
def queue(request: StaffRequest) -> HttpResponse:
    waiting = waiting_now(request.user)
    claims = ReviewClaim.objects.select_related("staff")
    context = {
        "waiting": waiting,
        "oldest": oldest_of(waiting),
        "own": list(claims.of(request.user)),
        "held": list(claims.of_others(request.user)[:MOST_SHOWN]),
        "put_aside": ReviewSkip.objects.of(request.user).count(),
        "undoable": ReviewDecision.objects.undoable(request.user),
        "keys": KEYS,
        "refused": ReviewDecision.objects.untold(request.user)[:MOST_SHOWN],
    }
    return render(request, "users/review/queue.html", context)


@require_POST
@needs_review
@on_primary
def go_to_next(request: StaffRequest) -> HttpResponse:
    return go_on(request)


@require_POST
@needs_review
@on_primary
def bring_back(request: StaffRequest) -> HttpResponse:
    ReviewSkip.objects.of(request.user).delete()
    return redirect("users:review")


@require_POST
@needs_review
@on_primary
def acknowledge(request: StaffRequest) -> HttpResponse:
    """Take the notices of what could not be applied off the queue's page: their reviewer has read them."""
    ReviewDecision.objects.untold(request.user).update(told_at=timezone.now())
    return redirect("users:review")
