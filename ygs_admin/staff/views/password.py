"""Changing one's own password."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ygs_admin.staff.second_factor import before_new_password, confirm, safe_next
from ygs_admin.web.access import StaffRequest
from ygs_admin.web.flash import flash

HTTP_UNPROCESSABLE = 422


@before_new_password
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: StaffRequest) -> HttpResponse:
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _change(request, form)
    status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
    context = {"form": form, "next": safe_next(request, "staff:me")}
    return render(request, "registration/password_change_form.html", context, status=status)


def _change(request: StaffRequest, form: PasswordChangeForm) -> HttpResponse:
    """Django gives the session a new key and the hash of the new password; all others end."""
    request.user.change_password(form.cleaned_data["new_password1"], keep_session=request.session.session_key)
    update_session_auth_hash(request, request.user)
    confirm(request)
    flash(request, _("The password is changed, and other sessions are ended."))
    return redirect(safe_next(request, "staff:me"))
