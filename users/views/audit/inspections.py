"""The months of the access record, and which of them are signed off."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from users.inspection.standing import standings
from users.models import Action, Inspection, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs


@require_safe
@needs("users.view_useraccessaudit")
def inspections(request: StaffRequest) -> HttpResponse:
    shown = standings()
    UserAccessAudit.record(Action.VIEW, by=request.user, resource_type=Inspection._meta.db_table)
    return render(request, "users/inspections/list.html", {"standings": shown})
