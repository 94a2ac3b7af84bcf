"""Exporting the access record: in which format, and why. The file is made in the background."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from users.audit.export import PERMISSION, AuditExportForm, start_audit_export
from users.audit.filter import AuditFilter
from ygs_admin.web.access import StaffRequest, needs, recently_confirmed
from ygs_admin.web.flash import flash
from ygs_admin.web.keyset import bounded_count
from ygs_admin.web.listing import bounded_label

HTTP_UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_useraccessaudit")
@needs(PERMISSION)
@recently_confirmed
def audit_export(request: StaffRequest) -> HttpResponse:
    """Ask under the screen's own parameters, which the address keeps on every way through the form."""
    asked = AuditFilter(request.GET, reader=request.user)
    form = AuditExportForm(request.POST if request.method == "POST" else None)
    # A filter that means nothing is left out of the screen; out of a file it would let in what nobody meant.
    if asked.errors or not form.is_valid():
        return _ask(request, asked, form, status=HTTP_UNPROCESSABLE if form.is_bound else 200)
    job = start_audit_export(by=request.user, asked=asked, form=form)
    flash(request, _("The export has begun. It goes on when you leave this page."))
    return redirect("jobs:job", job.pk)


def _ask(request: StaffRequest, asked: AuditFilter, form: AuditExportForm, *, status: int) -> HttpResponse:
    question = urlencode(asked.asked())
    context = {
        "form": form,
        "asked": asked,
        "count_label": bounded_label(bounded_count(asked.rows())),
        "hours": settings.JOB_FILE_HOURS,
        "action_url": request.get_full_path(),
        "cancel_url": f"{reverse('users:audit')}?{question}" if question else reverse("users:audit"),
    }
    return render(request, "users/audit/export.html", context, status=status)
