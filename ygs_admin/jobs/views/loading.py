"""Loading a job for a view: those of others are not there."""

from django.http import Http404

from ygs_admin.jobs.models import Job
from ygs_admin.web.access import StaffRequest


def load_job(request: StaffRequest, job_id: str, *, permission: str = "") -> Job:
    """Return the person's own job, or with this permission anybody's.

    Raises:
        Http404: there is none that this person may know of.
    """
    job: Job | None = Job.objects.select_related("staff").filter(pk=job_id).first()
    is_known = job is not None and (job.staff_id == request.user.pk or _may(request, permission))
    if job is None or not is_known:
        raise Http404
    return job


def _may(request: StaffRequest, permission: str) -> bool:
    return bool(permission) and request.user.has_perm(permission)
