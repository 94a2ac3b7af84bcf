"""A week of one or several consultants."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from matching.consultations.calendar import Calendar, calendar_of
from matching.consultations.iso_week import IsoWeek
from matching.consultations.verbs import CHANGE
from matching.models import ConsultSchedule
from matching.models.consultants import consultants
from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Staff
from ygs_admin.web.access import StaffRequest, needs

MOST_LANES = 5
KEYS = (
    {"key": "b", "label": _("Book a consultation")},
    {"key": "m", "label": _("Move: pick up the consultation, go with the arrows, set it down with Enter")},
    {"key": "t", "label": _("This week")},
    {"key": "[", "label": _("Previous week")},
    {"key": "]", "label": _("Next week")},
)


@require_safe
@needs("matching.view_consultschedule")
def consults(request: StaffRequest) -> HttpResponse:
    week, everybody = IsoWeek.read(request.GET.get("week", "")), list(consultants())
    calendar = calendar_of(week, _chosen(request, everybody))
    UserAccessAudit.record_page(
        Action.SEARCH,
        dict.fromkeys(row.user_id for row in calendar.consultations),
        by=request.user,
        asked={"week": str(week), "consultant": [person.pk for person in calendar.staff]},
        table=ConsultSchedule._meta.db_table,
    )
    context = {
        "calendar": calendar,
        "everybody": everybody,
        "chosen": {person.pk for person in calendar.staff},
        "may_change": request.user.has_perm(CHANGE),
        "now": timezone.localtime(),
        "keys": KEYS,
        **_links(calendar),
    }
    return render(request, "matching/consults/calendar.html", context)


def _chosen(request: StaffRequest, everybody: list[Staff]) -> list[Staff]:
    """Return whom the address names; else the person, who consults; else the first ones. Not more than fit."""
    named = request.GET.getlist("consultant")
    own = [person for person in everybody if person.pk == request.user.pk]
    return ([person for person in everybody if person.pk in named] or own or everybody)[:MOST_LANES]


def _links(calendar: Calendar) -> dict[str, Any]:
    return {
        "previous_url": _url(calendar, calendar.week.previous),
        "next_url": _url(calendar, calendar.week.next),
        "present_url": _url(calendar, IsoWeek.present()),
        "own_url": _url(calendar, calendar.week),
    }


def _url(calendar: Calendar, week: IsoWeek) -> str:
    asked = [("week", str(week)), *(("consultant", person.pk) for person in calendar.staff)]
    return f"{reverse('matching:consults')}?{urlencode(asked)}"
