"""One consultation: when, with whom, what about, and what can be done to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matching.consultations.verbs import offered_on
from matching.models import ConsultSchedule
from users.models import Action
from ygs_admin.web.access import StaffRequest, needs, on_primary

from .loading import load_consultation


@require_safe
@needs("matching.view_consultschedule")
@on_primary
def consult(request: StaffRequest, consultation_id: str) -> HttpResponse:
    consultation = load_consultation(request, consultation_id)
    consultation.user.record(
        Action.VIEW,
        by=request.user,
        resource_type=ConsultSchedule._meta.db_table,
        resource_id=consultation.pk,
    )
    context = {
        "consultation": consultation,
        "verbs": [
            {"verb": verb, "url": reverse(verb.url_name, args=[consultation.pk])}
            for verb in offered_on(consultation, request.user)
        ],
    }
    return render(request, "matching/consults/consult.html", context)
