"""The second factor after the password: a code of the app, a recovery code, or a passkey (`passkeys.py`)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_otp import user_has_device

from ygs_admin.staff.forms import CodeForm
from ygs_admin.staff.lockout import is_locked_out, locked_response
from ygs_admin.staff.passkeys import has_passkey
from ygs_admin.staff.second_factor import before_second_factor, let_in, match_code, refuse, safe_next
from ygs_admin.web.access import StaffRequest

HTTP_UNPROCESSABLE = 422


@before_second_factor
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: StaffRequest) -> HttpResponse:
    if request.user.is_verified():
        return redirect(safe_next(request))
    if not user_has_device(request.user):
        return redirect("staff:set_up")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _try(request, form)
    return _page(request, form, status=HTTP_UNPROCESSABLE if request.method == "POST" else 200)


def _try(request: StaffRequest, form: CodeForm) -> HttpResponse:
    if is_locked_out(request, request.user.email):
        return locked_response(request, HttpResponse(), None)
    device = match_code(request.user, form.cleaned_data["code"])
    if device is None:
        refuse(request, "code")
        form.add_error("code", _("This code does not fit. Each works once; wait a moment before you try again."))
        return _page(request, form, status=HTTP_UNPROCESSABLE)
    let_in(request, device)
    return redirect(safe_next(request))


def _page(request: StaffRequest, form: CodeForm, *, status: int) -> HttpResponse:
    context = {"form": form, "next": safe_next(request), "has_passkey": has_passkey(request.user)}
    return render(request, "staff/verify.html", context, status=status)
