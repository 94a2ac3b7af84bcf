"""My background jobs, newest first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ygs_admin.jobs.models import Job
from ygs_admin.web.access import StaffRequest
from ygs_admin.web.keyset import Cursor, SortKey, bounded_count, read_page
from ygs_admin.web.listing import Listing

PAGE_SIZE = 50
NEWEST = (SortKey("created_at", descending=True), SortKey("id", descending=True))


@require_safe
def jobs(request: StaffRequest) -> HttpResponse:
    mine = Job.objects.of(request.user)
    page = read_page(mine, NEWEST, Cursor.decode(request.GET.get("page", ""), NEWEST, Job), PAGE_SIZE)
    found = mine.in_bulk([row["pk"] for row in page.rows])
    rows = [found[row["pk"]] for row in page.rows if row["pk"] in found]
    return render(request, "jobs/list.html", {"page": Listing(request, page, bounded_count(mine), rows)})
