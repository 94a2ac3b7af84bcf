"""Setting up an authenticator app: the first one before anything else can be seen, others from one's own page."""

import io

import segno
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_otp import user_has_device

from ygs_admin.staff.forms import SetUpForm
from ygs_admin.staff.models import Authenticator, RecoveryCodes
from ygs_admin.staff.second_factor import before_second_factor, is_recently_confirmed, lead_to, let_in, refuse
from ygs_admin.web.access import StaffRequest
from ygs_admin.web.flash import flash

HTTP_UNPROCESSABLE = 422


@before_second_factor
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: StaffRequest) -> HttpResponse:
    is_first = not user_has_device(request.user)
    if not is_first and not request.user.is_verified():
        return lead_to(request, "staff:verify")
    if not is_first and not is_recently_confirmed(request):
        return lead_to(request, "staff:confirm")
    device = _pending(request)
    form = SetUpForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, device, form, status=HTTP_UNPROCESSABLE if request.method == "POST" else 200)
    if not _confirm(device, form):
        refuse(request, "set_up")
        form.add_error("code", _("This code does not fit. Each works once; wait a moment before you try again."))
        return _page(request, device, form, status=HTTP_UNPROCESSABLE)
    return _welcome(request, device, is_first=is_first)


def _pending(request: StaffRequest) -> Authenticator:
    """Return the app that waits for its first code: one at a time, so that its secret is the same until then."""
    pending: Authenticator | None = Authenticator.objects.filter(user=request.user, confirmed=False).first()
    if pending is None:
        pending = Authenticator.new(user=request.user)
        pending.save()
    return pending


@transaction.atomic
def _confirm(device: Authenticator, form: SetUpForm) -> bool:
    locked = Authenticator.objects.select_for_update().filter(pk=device.pk, confirmed=False).first()
    if locked is None or not locked.verify_token(form.cleaned_data["code"]):
        return False
    locked.confirmed, locked.name = True, form.cleaned_data["name"]
    locked.save(update_fields=["confirmed", "name"])
    locked.user.tell(locked.user, {"second_factor": [None, locked.name]})
    return True


def _welcome(request: StaffRequest, device: Authenticator, *, is_first: bool) -> HttpResponse:
    """Let in whoever set up the first one, with recovery codes that are shown this once."""
    if not is_first:
        flash(request, _("The app is set up."))
        return redirect("staff:me")
    let_in(request, Authenticator.objects.get(pk=device.pk))
    return render(request, "staff/recovery_codes.html", {"codes": RecoveryCodes.renew(request.user), "is_first": True})


def _page(request: StaffRequest, device: Authenticator, form: SetUpForm, *, status: int) -> HttpResponse:
    context = {"form": form, "secret": _in_groups(device.secret), "qr": _qr(device.setup_url)}
    return render(request, "staff/set_up.html", context, status=status)


def _in_groups(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _qr(text: str) -> SafeString:
    """Return an SVG to stand in the page: dark on light in both themes, since cameras want it so; no inline style."""
    drawing = io.BytesIO()
    segno.make(text, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=4, dark="#000", light="#fff",
        svgclass="qr", lineclass=None, title=_("QR code for the authenticator app"),
    )  # fmt: skip
    return mark_safe(drawing.getvalue().decode())  # noqa: S308 - drawn by the library, the text is only in its squares
