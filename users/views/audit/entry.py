"""One row of the access record in full: on a page of its own, or unfolded beneath its row of the list."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from users.audit.entries import read_in_full
from users.audit.links import page_of
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs


@require_safe
@needs("users.view_useraccessaudit")
def audit_entry(request: StaffRequest, audit_id: str) -> HttpResponse:
    row = get_object_or_404(UserAccessAudit, pk=audit_id)
    shown = read_in_full(row, request.user)
    UserAccessAudit.record(
        Action.VIEW,
        by=request.user,
        resource_type=UserAccessAudit._meta.db_table,
        resource_id=row.pk,
        detail={"user_ids": shown.named} if shown.named else None,
    )
    template = "users/audit/_entry.html" if request.htmx else "users/audit/entry.html"
    context = {"shown": shown, "entry": shown.entry, "row": row, "page_url": page_of(row, request.user)}
    return render(request, template, context)
