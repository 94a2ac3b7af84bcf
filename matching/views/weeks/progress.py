"""How far the job is that works on a round: what its page asks for again while there is one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from matching.weeks.progress import progress_of
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.returning import returning_to

from .loading import load_week


@require_safe
@needs("matching.view_matchweek")
@on_primary
def progress(request: StaffRequest, week_id: str) -> HttpResponse:
    """Answer the page's own asking with the progress alone; once there is no more of it, lead to the page again."""
    week = load_week(week_id)
    job = week.unfinished_job()
    if job is None or not request.htmx:
        here = request.htmx.current_url_abs_path or ""
        return redirect(returning_to(request, here, otherwise=reverse("matching:week", args=[week.pk])))
    return render(request, "matching/weeks/_progress.html", {"run": progress_of(job), "week": week})
