"""The accounts: a list with a search, and one account with its sessions and the history of its permissions."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_otp_webauthn.models import WebAuthnCredential

from ygs_admin.staff.history import history_of
from ygs_admin.staff.lockout import account_key, locked_accounts, locked_addresses
from ygs_admin.staff.models import Authenticator, RecoveryCodes, Staff
from ygs_admin.staff.roles import ROLE_LABELS
from ygs_admin.staff.verbs import VERBS
from ygs_admin.web.access import StaffRequest, needs, on_primary

from .me import devices_of, sessions_of

# A company's matchmakers are counted by the dozen; a search narrows beyond this.
MOST = 500


@require_safe
@needs("staff.view_staff")
def accounts(request: StaffRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\x00", "").strip()
    locked = locked_accounts()
    rows = [_listed(staff, locked) for staff in _found(asked)]
    context = {"rows": rows, "asked": asked, "locked_addresses": locked_addresses(), "most": MOST}
    return render(request, "staff/list.html", context)


@require_safe
@needs("staff.view_staff")
@on_primary
def account(request: StaffRequest, staff_id: str) -> HttpResponse:
    staff = get_object_or_404(with_second_factor(Staff.objects.prefetch_related("groups")), pk=staff_id)
    context = {
        **_listed(staff, locked_accounts()),
        "devices": devices_of(staff),
        "recovery_codes": RecoveryCodes.objects.filter(user=staff).first(),
        "sessions": sessions_of(staff, None),
        "history": history_of(staff),
        "verbs": [verb for verb in VERBS.values() if verb.is_offered(staff, request.user)],
        "may_change": request.user.has_perm("staff.change_staff") and staff.pk != request.user.pk,
    }
    return render(request, "staff/account.html", context)


def with_second_factor(rows: QuerySet[Staff]) -> QuerySet[Staff]:
    """Say of each account whether it has a confirmed app and a passkey."""
    mine = {"user": OuterRef("pk"), "confirmed": True}
    return rows.annotate(
        has_app=Exists(Authenticator.objects.filter(**mine)),
        has_passkey=Exists(WebAuthnCredential.objects.filter(**mine)),
    )


def role_labels(staff: Staff) -> list[Any]:
    return [ROLE_LABELS.get(group.name, group.name) for group in sorted(staff.groups.all(), key=lambda each: each.name)]


def _found(asked: str) -> QuerySet[Staff]:
    rows = with_second_factor(Staff.objects.prefetch_related("groups")).order_by("-is_active", "name", "id")
    if asked:
        rows = rows.filter(Q(name__icontains=asked) | Q(email__icontains=asked) | Q(pk=asked))
    return rows[:MOST]


def _listed(staff: Staff, locked: set[str]) -> dict[str, Any]:
    return {"staff": staff, "roles": role_labels(staff), "is_locked": account_key(staff.email) in locked}
