"""The first page: what waits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from users.filters import WAITING
from users.inspection.standing import count_outstanding
from users.models import UserStatus
from users.review.counters import Waiting, waiting_documents_now, waiting_sign_ups_now
from users.review.queue import DECIDES_DOCUMENTS, DECIDES_SIGN_UPS
from ygs_admin.web.access import StaffRequest


@require_safe
def today(request: StaffRequest) -> HttpResponse:
    return render(request, "today.html", {"counters": _counters(request)})


def _counters(request: StaffRequest) -> list[dict[str, str]]:
    """Return what waits of what this person may see; it leads to the review, or, who decides nothing, to the list."""
    counters = []
    if request.user.has_perm("users.view_user"):
        url = _leads_to(request, DECIDES_SIGN_UPS, f"status={UserStatus.PENDING}&sort=created_at")
        counters.append(_counter(waiting_sign_ups_now(), url))
    if request.user.has_perm("users.view_userdocument"):
        url = _leads_to(request, DECIDES_DOCUMENTS, f"documents={WAITING}")
        counters.append(_counter(waiting_documents_now(), url))
    if request.user.has_perm("users.inspect_useraccessaudit"):
        label = _("Inspections outstanding")
        counters.append({"label": label, "count_label": f"{count_outstanding()}", "url": reverse("users:inspections")})
    return counters


def _leads_to(request: StaffRequest, permission: str, filtered: str) -> str:
    if request.user.has_perm(permission):
        return reverse("users:review")
    return f"{reverse('users:list')}?{filtered}"


def _counter(waiting: Waiting, url: str) -> dict[str, str]:
    hint = _("the oldest for %(age)s") % {"age": timesince(waiting.oldest)} if waiting.oldest else ""
    return {"label": waiting.label, "count_label": waiting.count_label, "url": url, "hint": hint}
