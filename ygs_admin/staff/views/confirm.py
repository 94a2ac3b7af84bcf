"""Asking once more who it is, before something that a borrowed screen must not do."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ygs_admin.staff.forms import ConfirmForm
from ygs_admin.staff.lockout import is_locked_out, locked_response
from ygs_admin.staff.passkeys import has_passkey
from ygs_admin.staff.second_factor import before_new_password, confirm, match_code, refuse, safe_next
from ygs_admin.web.access import StaffRequest

HTTP_UNPROCESSABLE = 422


@before_new_password
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: StaffRequest) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=HTTP_UNPROCESSABLE if request.method == "POST" else 200)
    if is_locked_out(request, request.user.email):
        return locked_response(request, HttpResponse(), None)
    if not _is_right(request, form):
        refuse(request, "confirmation")
        return _page(request, form, status=HTTP_UNPROCESSABLE)
    request.session.cycle_key()
    confirm(request)
    return redirect(safe_next(request))


def _is_right(request: StaffRequest, form: ConfirmForm) -> bool:
    """Judge what was typed, and say beside the field that it was wrong."""
    code, password = form.cleaned_data["code"], form.cleaned_data["password"]
    if code:
        if match_code(request.user, code) is not None:
            return True
        form.add_error("code", _("This code does not fit. Each works once; wait a moment before you try again."))
        return False
    if request.user.check_password(password):
        return True
    form.add_error("password", _("This is not your password."))
    return False


def _page(request: StaffRequest, form: ConfirmForm, *, status: int) -> HttpResponse:
    context = {"form": form, "next": safe_next(request), "has_passkey": has_passkey(request.user)}
    return render(request, "staff/confirm.html", context, status=status)
