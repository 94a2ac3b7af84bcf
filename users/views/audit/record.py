"""The access record's screen: who looked at or changed whom, found by person, member, action, place and time."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from users.audit.entries import Entry, Person, people, read_entries
from users.audit.filter import NEWEST_FIRST, AuditFilter
from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Staff
from ygs_admin.web.access import StaffRequest, needs
from ygs_admin.web.keyset import Cursor
from ygs_admin.web.listing import Listing

PAGE_SIZE = 50
# A company's staff is counted by the dozen.
MOST_SUGGESTIONS = 300


@require_safe
@needs("users.view_useraccessaudit")
def audit(request: StaffRequest) -> HttpResponse:
    form = AuditFilter(request.GET, reader=request.user)
    page, count = form.read(Cursor.decode(request.GET.get("page", ""), form.order, UserAccessAudit), PAGE_SIZE)
    entries = read_entries([row["pk"] for row in page.rows], request.user)
    candidates = [] if form.member_id else list(people(form.candidates, request.user).values())
    _record(request, form, entries, candidates)
    listing = Listing(request, page, count, entries)
    context = {
        "form": form,
        "page": listing,
        "candidates": [{"person": person, "url": listing.url(member=person.id)} for person in candidates],
        **_about(form, listing),
    }
    return render(request, _template(request), context)


def _record(request: StaffRequest, form: AuditFilter, entries: list[Entry], candidates: list[Person]) -> None:
    """Record the look, naming those who were on the page: whom the rows' own pages had shown is said there."""
    named = [entry.whom for entry in entries if entry.whom] + candidates
    UserAccessAudit.record(
        Action.SEARCH,
        by=request.user,
        resource_type=UserAccessAudit._meta.db_table,
        detail={
            "asked": form.recorded(),
            "user_ids": list(dict.fromkeys(person.id for person in named)),
        },
    )


def _template(request: StaffRequest) -> str:
    is_fragment = request.htmx and not request.htmx.history_restore_request and not request.htmx.boosted
    return "users/audit/_results.html" if is_fragment else "users/audit/list.html"


def _about(form: AuditFilter, listing: Listing) -> dict[str, Any]:
    question = urlencode(form.asked())
    export_url = reverse("users:audit_export")
    return {
        "export_url": f"{export_url}?{question}" if question else export_url,
        "staff": Staff.objects.order_by("name", "id").values("email", "name")[:MOST_SUGGESTIONS],
        "sort_link": listing.sort_link(NEWEST_FIRST, form.order_name),
        "active_filters": [
            {
                "label": form.fields[name].label,
                "value": dict(getattr(form.fields[name], "choices", ())).get(value, value),
                "remove_url": listing.url(**{name: None}),
            }
            for name, value in form.asked().items()
        ],
    }
