"""Whom to remind: the consultations of today and tomorrow, and whose members know."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching.consultations.verbs import CHANGE
from matching.models import ConsultSchedule
from matching.models.consultants import consultants
from matching.models.consultation import with_consultants
from users.models import Action, UserAccessAudit
from users.models.status import VerbRefusedError
from users.revealing import REVEAL_CONTACT
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal
from ygs_admin.web.returning import returning_to

from .loading import load_consultation

# Two days of a dozen consultants.
MOST = 500
EVERYBODY = "all"


@require_safe
@needs("matching.view_consultschedule")
@on_primary
def reminders(request: StaffRequest) -> HttpResponse:
    everybody = list(consultants())
    chosen = _chosen(request, {person.pk for person in everybody})
    rows = ConsultSchedule.objects.to_remind_of().filter(user__deleted_at__isnull=True)
    consultations = list((rows.of_consultants([chosen]) if chosen else rows)[:MOST])
    with_consultants(consultations)
    shown = dict.fromkeys(row.user_id for row in consultations)
    table = ConsultSchedule._meta.db_table
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked={"reminders": chosen}, table=table)
    context = {
        "consultations": consultations,
        "everybody": everybody,
        "chosen": chosen,
        "may_remind": request.user.has_perm(CHANGE),
        "may_reveal": request.user.has_perm(REVEAL_CONTACT),
    }
    return render(request, "matching/consults/reminders.html", context)


def _chosen(request: StaffRequest, everybody: set[str]) -> str:
    """Return whose reminders are asked for: one's own unless the address says otherwise; empty for everybody's."""
    asked = request.GET.get("consultant", request.user.pk)
    return asked if asked in everybody else ""


@require_POST
@needs("matching.view_consultschedule")
@needs(CHANGE)
@on_primary
def remind(request: StaffRequest, consultation_id: str) -> HttpResponse:
    consultation = _load_live(request, consultation_id)
    undo_url = reverse("matching:consult_forget_reminder", args=[consultation.pk])
    try:
        is_new = consultation.remind(by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        said = _("It is noted that %(name)s was reminded.") % {"name": consultation.member_name}
        flash(request, said, undo_url=undo_url if is_new else "")
    return redirect(_next(request))


@require_POST
@needs("matching.view_consultschedule")
@needs(CHANGE)
@on_primary
def forget_reminder(request: StaffRequest, consultation_id: str) -> HttpResponse:
    consultation = _load_live(request, consultation_id)
    consultation.forget_reminder(by=request.user)
    flash(request, _("%(name)s is to be reminded still.") % {"name": consultation.member_name})
    return redirect(_next(request))


def _load_live(request: StaffRequest, consultation_id: str) -> Any:
    consultation = load_consultation(request, consultation_id)
    if consultation.is_deleted:
        raise Http404
    return consultation


def _next(request: StaffRequest) -> str:
    return returning_to(request, request.POST.get("next", ""), otherwise=reverse("matching:consult_reminders"))
