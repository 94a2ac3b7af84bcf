"""The first page: what waits."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from users.filters import WAITING
from users.inspection.standing import count_outstanding
from users.models import MemberSearch, UserDocument, UserStatus
from ygs_admin.web.access import StaffRequest
from ygs_admin.web.keyset import COUNT_BOUND, bounded_count


@require_safe
def today(request: StaffRequest) -> HttpResponse:
    return render(request, "today.html", {"counters": _counters(request)})


def _counters(request: StaffRequest) -> list[dict[str, str]]:
    counters = []
    if request.user.has_perm("users.view_user"):
        waiting = MemberSearch.objects.live().filter(status=UserStatus.PENDING)
        url = f"{reverse('users:list')}?status={UserStatus.PENDING}&sort=created_at"
        counters.append(_counter(_("Sign-ups waiting"), waiting, url))
    if request.user.has_perm("users.view_userdocument"):
        url = f"{reverse('users:list')}?documents={WAITING}"
        counters.append(_counter(_("Documents waiting"), UserDocument.objects.waiting(), url))
    if request.user.has_perm("users.inspect_useraccessaudit"):
        label = _("Inspections outstanding")
        counters.append({"label": label, "count_label": f"{count_outstanding()}", "url": reverse("users:inspections")})
    return counters


def _counter(label: str, rows: QuerySet, url: str) -> dict[str, str]:
    count = bounded_count(rows)
    return {"label": label, "count_label": f"{COUNT_BOUND:,}+" if count > COUNT_BOUND else f"{count:,}", "url": url}
