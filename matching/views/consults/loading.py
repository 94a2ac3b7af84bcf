"""Loading a consultation for its pages."""

from django.http import Http404, QueryDict
from django.urls import reverse

from matching.consultations.verbs import DELETE_PERMISSION
from matching.models import ConsultSchedule
from ygs_admin.web.access import StaffRequest

# What the address of an undo carries beside the version that it expects: where the consultation was before.
CARRIED = ("row_version", "consultant", "scheduled_at", "duration_minutes", "anyway")


def load_consultation(request: StaffRequest, consultation_id: str) -> ConsultSchedule:
    """Return the consultation with its member and row version; a deleted one only to those who delete and restore.

    Raises:
        Http404: there is none that this person may know of.
    """
    rows = ConsultSchedule.all_objects.with_row_version().select_related("user")
    row: ConsultSchedule | None = rows.filter(pk=consultation_id).first()
    if row is None or (row.is_deleted and not request.user.has_perm(DELETE_PERMISSION)):
        raise Http404
    return row


def consult_url(consultation: ConsultSchedule) -> str:
    return reverse("matching:consult", args=[consultation.pk])


def posted(request: StaffRequest) -> QueryDict:
    """Return what was posted. An undo has in its address what a form would have in its fields."""
    given = request.POST.copy()
    for name in CARRIED:
        if name not in given and name in request.GET:
            given[name] = request.GET[name]
    return given
