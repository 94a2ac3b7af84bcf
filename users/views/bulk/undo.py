"""Taking back what a verb has done to many members."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from users.bulk.jobs import can_be_undone, undo, undo_of, verb_of
from users.verbs import VERBS
from ygs_admin.jobs.models import Job, Outcome
from ygs_admin.web.access import StaffRequest, needs, on_primary


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_user")
@on_primary
def bulk_undo(request: StaffRequest, job_id: str) -> HttpResponse:
    job = _load(request, job_id)
    undoing = undo_of(job)
    if undoing is not None or request.method == "POST":
        return redirect("jobs:job", (undoing or undo(job, by=request.user)).pk)
    context = {
        "verb": VERBS[verb_of(job).inverse],
        "count": job.items.filter(outcome=Outcome.DONE).count(),
        "action_url": request.path,
        "cancel_url": reverse("jobs:job", args=[job.pk]),
        "job": job,
    }
    return render(request, "users/bulk/undo.html", context)


def _load(request: StaffRequest, job_id: str) -> Job:
    """Return the person's own job of a verb that can be taken back.

    Raises:
        Http404: there is none, or it is another kind of job.
        PermissionDenied: it can't be taken back, or not by this person.
    """
    job: Job | None = Job.objects.of(request.user).filter(pk=job_id).first()
    if job is None or not job.kind.startswith("users.bulk_"):
        raise Http404
    if not can_be_undone(job, request.user):
        raise PermissionDenied
    return job
