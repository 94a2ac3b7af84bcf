"""Today's consultations, the reader's own first."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from matching.models import ConsultSchedule
from users.models import Action, UserAccessAudit
from users.today.card import Panel, counted
from ygs_admin.staff.models import Staff
from ygs_admin.web.days import midnight

SHOWN = 20


def _today(staff: Staff) -> dict[str, Any]:
    """Return the first consultations of the day with their consultants, and how many there are; three queries."""
    day = timezone.localdate()
    rows = ConsultSchedule.objects.taking_place(midnight(day), midnight(day + timedelta(days=1)))
    own_first = Case(When(consultant_id=staff.pk, then=Value(0)), default=Value(1), output_field=IntegerField())
    shown = list(rows.select_related("user").order_by(own_first, "scheduled_at", "id")[:SHOWN])
    consultants = Staff.objects.in_bulk({row.consultant_id for row in shown})
    for row in shown:
        row.staff = consultants.get(row.consultant_id)
        row.is_own = row.consultant_id == staff.pk
    if shown:
        UserAccessAudit.record_page(Action.VIEW, dict.fromkeys(row.user_id for row in shown), by=staff)
    return {"consultations": shown, "count": counted(rows)}


CONSULTATIONS = Panel("consultations", "matching/today/consultations.html", "matching.view_consultschedule", _today)
