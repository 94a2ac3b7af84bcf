"""A job's file: its address is made for who started the job, put on the record first, and lives a minute."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from ygs_admin.jobs.models import Job
from ygs_admin.jobs.signals import file_leaving
from ygs_admin.staff.second_factor import is_recently_confirmed, lead_to_confirmation
from ygs_admin.web.access import StaffRequest, on_primary

from .loading import load_job

HTTP_GONE = 410


@require_GET
@on_primary
def download(request: StaffRequest, job_id: str) -> HttpResponse:
    """Redirect to S3. A link, not a form: the page's policy lets no form lead to another origin."""
    job = load_job(request, job_id)
    if not is_recently_confirmed(request):
        # Back to the job: were it to this file, the form that asks would lead to another origin.
        return lead_to_confirmation(request, back_to=reverse("jobs:job", args=[job.pk]))
    if job.file_is_over:
        return render(request, "jobs/expired.html", {"job": job}, status=HTTP_GONE)
    if not job.has_file:
        raise Http404
    if not job.is_allowed():
        raise PermissionDenied(job.kind)
    with transaction.atomic():
        file_leaving.send(sender=Job, job=job, by=request.user)
    return HttpResponseRedirect(job.file_url())
