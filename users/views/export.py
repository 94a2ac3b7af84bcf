"""Exporting the members of a list: what goes into the file, and why. The file is made in the background."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from users.filters import MemberFilter
from users.forms.export import ExportForm
from users.member_export import CONTACTS, PERMISSION, start_export
from ygs_admin.web.access import StaffRequest, needs, recently_confirmed
from ygs_admin.web.flash import flash
from ygs_admin.web.keyset import bounded_count
from ygs_admin.web.listing import bounded_label

HTTP_UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMISSION)
@recently_confirmed
def export(request: StaffRequest) -> HttpResponse:
    """Ask under the list's own parameters, which the address keeps on every way through the form."""
    asked = MemberFilter(request.GET, asker=request.user)
    form = ExportForm(request.POST if request.method == "POST" else None)
    # A filter that means nothing is left out of the list; out of a file it would let in people whom nobody meant.
    if request.method != "POST" or asked.errors or not form.is_valid():
        return _ask(request, asked, form, status=HTTP_UNPROCESSABLE if request.method == "POST" else 200)
    job = start_export(by=request.user, asked=asked, form=form)
    flash(request, _("The export has begun. It goes on when you leave this page."))
    return redirect("jobs:job", job.pk)


def export_url(asked: MemberFilter) -> str:
    """Return where the members of this list are exported."""
    question = asked.question()
    return f"{reverse('users:export')}?{urlencode(question)}" if question else reverse("users:export")


def _ask(request: StaffRequest, asked: MemberFilter, form: ExportForm, *, status: int) -> HttpResponse:
    question = urlencode(asked.question())
    context = {
        "form": form,
        "count_label": bounded_label(bounded_count(asked.rows())),
        "asked": asked,
        "may_export_contacts": request.user.has_perm(CONTACTS),
        "may_see_names": asked.may_see_names,
        "hours": settings.JOB_FILE_HOURS,
        "action_url": export_url(asked),
        "cancel_url": f"{reverse('users:list')}?{question}" if question else reverse("users:list"),
    }
    return render(request, "users/export.html", context, status=status)
