"""One job: how far it is, what became of each item, its file. While it runs, the page asks for its progress again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ygs_admin.jobs.kinds import JobKind, kind_of
from ygs_admin.jobs.models import Job, JobItem, JobStatus
from ygs_admin.web.access import StaffRequest
from ygs_admin.web.keyset import Cursor, SortKey, bounded_count, read_page
from ygs_admin.web.listing import Listing
from ygs_admin.web.showing import note_shown

from .loading import load_job

PAGE_SIZE = 50
# What asks for itself again; a form of elsewhere that was led here gets the page.
PROGRESS = "job-progress"
IN_ORDER = (SortKey("position"),)


@require_safe
def job(request: StaffRequest, job_id: str) -> HttpResponse:
    """Answer the page's own asking with the progress alone; once there is no more of it, with the whole page."""
    job = load_job(request, job_id, permission="jobs.view_job")
    asks_again = request.htmx and request.htmx.target in {None, PROGRESS}
    if asks_again and not job.is_finished:
        return render(request, "jobs/_progress.html", {"job": job})
    return job_page(request, job)


def job_page(request: StaffRequest, job: Job, *, status: int = 200) -> HttpResponse:
    is_mine, kind = job.staff_id == request.user.pk, kind_of(job.kind)
    may_change = is_mine or request.user.has_perm("jobs.change_job")
    context = {
        "job": job,
        "items": _items(request, job, kind),
        "steps": kind.steps(job, request.user) if kind else (),
        "may_fetch": is_mine and job.has_file and job.is_allowed(),
        "may_cancel": may_change and not job.is_finished and not job.is_being_canceled,
        "may_run_again": is_mine and job.status in {JobStatus.FAILED, JobStatus.CANCELED} and job.is_allowed(),
    }
    return render(request, "jobs/job.html", context, status=status)


def _items(request: StaffRequest, job: Job, kind: JobKind | None) -> Listing | None:
    items: Any = job.items.all()
    page = read_page(items, IN_ORDER, Cursor.decode(request.GET.get("page", ""), IN_ORDER, JobItem), PAGE_SIZE)
    if not page.rows and page.previous is None:
        return None
    found = items.in_bulk([row["pk"] for row in page.rows])
    rows = [found[row["pk"]] for row in page.rows]
    for item in rows:
        item.subject_url = kind.subject_url(item.subject_id) if kind else ""
        if item.subject_url:
            note_shown(item.subject_id, item.subject_label)
    return Listing(request, page, bounded_count(items), rows)
