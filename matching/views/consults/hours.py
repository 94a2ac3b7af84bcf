"""Working hours and days off: one's own, and everybody's for whoever manages them."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from matching.consultations.verbs import CHANGE
from matching.forms.working_hours import DayOffForm, HoursForm
from matching.models import DayOff, WorkingHours
from matching.models.consultants import consultants
from matching.models.working_hours import MANAGE_HOURS
from ygs_admin.holidays import holidays_of
from ygs_admin.staff.models import Staff
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422
HOLIDAYS_SHOWN = 8


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE)
@on_primary
def hours(request: StaffRequest, staff_id: str) -> HttpResponse:
    account = _load_consultant(request, staff_id)
    form = HoursForm(request.POST or None, staff=account)
    if request.method != "POST":
        return _page(request, account, form)
    if not form.is_valid():
        return _page(request, account, form, status=HTTP_UNPROCESSABLE)
    if form.is_outdated:
        return _page(request, account, HoursForm(staff=account), status=HTTP_CONFLICT, is_conflict=True)
    WorkingHours.keep(account, form.spans, by=request.user)
    flash(request, _("The working hours are saved."))
    return redirect(hours_url(account))


@require_POST
@needs(CHANGE)
@on_primary
def take_day_off(request: StaffRequest, staff_id: str) -> HttpResponse:
    account = _load_consultant(request, staff_id)
    form = DayOffForm(request.POST)
    if not form.is_valid():
        return _page(request, account, HoursForm(staff=account), day_form=form, status=HTTP_UNPROCESSABLE)
    day = form.cleaned_data["day"]
    undo_url = reverse("matching:consult_day_off_give_back", args=[account.pk, day.isoformat()])
    is_new = DayOff.take(account, day, by=request.user)
    flash(request, _("%(day)s is a day off.") % {"day": day}, undo_url=undo_url if is_new else "")
    return redirect(hours_url(account))


@require_POST
@needs(CHANGE)
@on_primary
def give_day_off_back(request: StaffRequest, staff_id: str, day: date) -> HttpResponse:
    account = _load_consultant(request, staff_id)
    DayOff.give_back(account, day, by=request.user)
    flash(request, _("%(day)s is a working day again.") % {"day": day})
    return redirect(hours_url(account))


def hours_url(staff: Staff) -> str:
    return reverse("matching:consult_hours", args=[staff.pk])


def _load_consultant(request: StaffRequest, staff_id: str) -> Staff:
    """Return the account; only a manager keeps the hours of others.

    Raises:
        PermissionDenied: they are somebody else's.
        Http404: nobody consults by that id.
    """
    if staff_id != request.user.pk and not request.user.has_perm(MANAGE_HOURS):
        raise PermissionDenied(MANAGE_HOURS)
    account: Staff | None = consultants().filter(pk=staff_id).first()
    if account is None:
        raise Http404
    return account


def _page(
    request: StaffRequest, account: Staff, form: HoursForm, *, status: int = 200, day_form: Any = None, **more: Any
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "account": account,
        "form": form,
        "day_form": day_form or DayOffForm(),
        "days_off": list(DayOff.objects.filter(staff=account, day__gte=today)),
        "holidays": _holidays_from(today),
        "everybody": list(consultants()) if request.user.has_perm(MANAGE_HOURS) else [],
        **more,
    }
    return render(request, "matching/consults/hours.html", context, status=status)


def _holidays_from(today: date) -> list[tuple[date, str]]:
    """Return the next public holidays with their names."""
    known = {**holidays_of(today.year), **holidays_of(today.year + 1)}
    return [(day, str(name)) for day, name in sorted(known.items()) if day >= today][:HOLIDAYS_SHOWN]
