"""One's own account: password, devices, recovery codes, sessions."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp.models import Device
from django_otp_webauthn.models import WebAuthnCredential

from ygs_admin.staff.forms import DeviceNameForm
from ygs_admin.staff.models import Authenticator, RecoveryCodes, Staff
from ygs_admin.staff.passkeys import passkeys_of
from ygs_admin.staff.user_agents import browser_name
from ygs_admin.web.access import StaffRequest, recently_confirmed
from ygs_admin.web.flash import flash, flash_refusal

KINDS: dict[str, type[Device]] = {"app": Authenticator, "passkey": WebAuthnCredential}


@require_safe
def me(request: StaffRequest) -> HttpResponse:
    context = {
        "staff": request.user,
        "devices": devices_of(request.user),
        "recovery_codes": RecoveryCodes.objects.filter(user=request.user).first(),
        "sessions": sessions_of(request.user, request.session.session_key),
    }
    return render(request, "staff/me.html", context)


def devices_of(staff: Staff) -> list[dict[str, Any]]:
    """Return the confirmed devices, oldest first, as pages list them."""
    apps = Authenticator.objects.filter(user=staff, confirmed=True).order_by("pk")
    listed = [("app", device) for device in apps] + [("passkey", device) for device in passkeys_of(staff)]
    return [{"kind": kind, "device": device, "name": device.name or _("Passkey")} for kind, device in listed]


def sessions_of(staff: Staff, current: str | None) -> list[dict[str, Any]]:
    """Return the live sessions, the one that asks marked, without their keys."""
    rows = staff.sessions.live()
    return [
        {"row": row, "browser": browser_name(row.user_agent), "is_current": row.session_key == current} for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def recovery_codes(request: StaffRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "staff/recovery_codes_renew.html")
    with transaction.atomic():
        codes = RecoveryCodes.renew(request.user)
        request.user.tell(request.user, {"recovery_codes": [None, "***"]})
    return render(request, "staff/recovery_codes.html", {"codes": codes})


@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def rename_device(request: StaffRequest, kind: str, device: int) -> HttpResponse:
    row = _load(request, kind, device)
    form = DeviceNameForm(request.POST or None, initial={"name": row.name})
    if request.method != "POST" or not form.is_valid():
        context = {"device": row, "form": form}
        return render(request, "staff/device_rename.html", context, status=422 if request.method == "POST" else 200)
    row.name = form.cleaned_data["name"]
    row.save(update_fields=["name"])
    flash(request, _("Saved."))
    return redirect("staff:me")


@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def remove_device(request: StaffRequest, kind: str, device: int) -> HttpResponse:
    row = _load(request, kind, device)
    if request.method != "POST":
        return render(request, "staff/device_remove.html", {"device": row})
    if _remove(request.user, row):
        flash(request, _("The device is removed."))
    else:
        flash_refusal(request, _("This is your last device. Set up another one first."))
    return redirect("staff:me")


@transaction.atomic
def _remove(staff: Staff, row: Device) -> bool:
    """Remove a device, except the last; two requests at once cannot remove the last two."""
    Staff.objects.select_for_update().get(pk=staff.pk)
    if len(devices_of(staff)) <= 1:
        return False
    row.delete()
    staff.tell(staff, {"second_factor": [row.name or "passkey", None]})
    return True


def _load(request: StaffRequest, kind: str, device: int) -> Any:
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind], pk=device, user=request.user, confirmed=True)


def _ending(end: Callable[..., int]) -> Callable[..., HttpResponse]:
    def view(request: StaffRequest, **named: str) -> HttpResponse:
        if not end(request, **named):
            raise Http404
        flash(request, _("The session is ended."))
        return redirect("staff:me")

    return require_POST(view)


@_ending
def end_session(request: StaffRequest, session_id: str) -> int:
    return int(request.user.sessions.filter(id=session_id).end(but=request.session.session_key))


@require_POST
def end_other_sessions(request: StaffRequest) -> HttpResponse:
    request.user.sessions.end(but=request.session.session_key)
    flash(request, _("The other sessions are ended."))
    return redirect("staff:me")
