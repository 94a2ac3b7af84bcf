"""Consultations as lists: those of the past and to come with filters, and the deleted ones."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.consultations.filter import LATEST_FIRST, ConsultFilter
from matching.consultations.verbs import DELETE_PERMISSION
from matching.models import ConsultSchedule
from matching.models.consultation import with_consultants
from users.models import Action, UserAccessAudit
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.keyset import Cursor
from ygs_admin.web.listing import Listing

PAGE_SIZE = 50
MOST_DELETED = 200


@require_safe
@needs("matching.view_consultschedule")
def consults_list(request: StaffRequest) -> HttpResponse:
    form = ConsultFilter(request.GET, asker=request.user)
    page, count = form.read(Cursor.decode(request.GET.get("page", ""), form.order, ConsultSchedule), PAGE_SIZE)
    listing = Listing(request, page, count, _read([row["pk"] for row in page.rows]))
    _record(request, listing.rows, form.asked())
    context = {"form": form, "page": listing, "sort_link": listing.sort_link(LATEST_FIRST, form.order_name)}
    return render(request, _template(request), context)


@require_safe
@needs("matching.view_consultschedule")
@needs(DELETE_PERMISSION)
@on_primary
def deleted(request: StaffRequest) -> HttpResponse:
    rows = ConsultSchedule.all_objects.deleted().order_by("-deleted_at", "id").values_list("pk", flat=True)
    consultations = _read(rows[:MOST_DELETED])
    _record(request, consultations, {"trash": "on"})
    return render(request, "matching/consults/deleted.html", {"consultations": consultations})


def _read(keys: Iterable[str]) -> list[ConsultSchedule]:
    """Return the rows in the order of their keys, with members and consultants' names, in two queries."""
    keys = list(keys)
    found = ConsultSchedule.all_objects.select_related("user").in_bulk(keys)
    rows = [found[key] for key in keys if key in found]
    with_consultants(rows)
    return rows


def _record(request: StaffRequest, rows: list[ConsultSchedule], asked: dict[str, Any]) -> None:
    shown = dict.fromkeys(row.user_id for row in rows)
    table = ConsultSchedule._meta.db_table
    UserAccessAudit.record_page(Action.SEARCH, shown, by=request.user, asked=asked, table=table)


def _template(request: StaffRequest) -> str:
    is_fragment = request.htmx and not request.htmx.history_restore_request and not request.htmx.boosted
    return "matching/consults/_results.html" if is_fragment else "matching/consults/list.html"
