"""Editing a row that speaks of two members; a conflict is shown, never saved over."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from matching.models.changing import ChangedForBoth
from users.models import Action, UserAccessAudit
from users.models.access import masked_changes
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.web.access import StaffRequest
from ygs_admin.web.flash import flash
from ygs_admin.web.versioned_form import VersionedModelForm

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422


def edit(
    request: StaffRequest,
    row: ChangedForBoth,
    kind: type[VersionedModelForm],
    *,
    title: str,
    back_url: str,
    **more: Any,
) -> HttpResponse:
    """Show the form over a row that was read `with_row_version()`, or save what was posted and lead back."""
    page = {"title": title, "action_url": request.path, "cancel_url": back_url, **more}
    if request.method != "POST":
        return _page(request, kind(instance=row), page)
    form = kind(request.POST, instance=row)
    if not form.is_valid():
        return _page(request, form, page, status=HTTP_UNPROCESSABLE)
    try:
        save_for_both(form, request)
    except RowConflictError:
        return _conflict(request, row, kind, page)
    flash(request, _("Saved."))
    return redirect(back_url)


def save_for_both(form: VersionedModelForm, request: StaffRequest) -> None:
    """Save a valid form and record the difference for both members, all or nothing.

    Raises:
        RowConflictError: the row was changed after the form's page was made.
    """
    changes = form.changes()
    with transaction.atomic():
        row = form.save()
        if changes:
            row.record(Action.UPDATE, by=request.user, **masked_changes(changes))


def _page(request: StaffRequest, form: VersionedModelForm, page: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, "matching/edit.html", page | {"form": form}, status=status)


def _conflict(
    request: StaffRequest, row: ChangedForBoth, kind: type[VersionedModelForm], page: dict[str, Any]
) -> HttpResponse:
    """Show what I typed beside what they saved; the form on the page carries their version."""
    now = type(row).all_objects.with_row_version().get(pk=row.pk)
    form = kind(request.POST, instance=now)
    form.is_valid()
    latest = UserAccessAudit.objects.filter(resource_id=row.pk, action=Action.UPDATE).order_by("-created_at").first()
    context = page | {
        "form": form,
        "rows": list(form.differences()),
        "changed_by": latest.actor_name if latest else None,
        "changed_at": latest.created_at if latest else None,
    }
    return render(request, "matching/conflict.html", context, status=HTTP_CONFLICT)
