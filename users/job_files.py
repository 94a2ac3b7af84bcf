"""The files of background jobs that leave the console, on the access record."""

from typing import Any

from django.dispatch import receiver

from ygs_admin.jobs.models import Job
from ygs_admin.jobs.signals import file_leaving
from ygs_admin.staff.models import Staff

from .models import Action, UserAccessAudit


@receiver(file_leaving, dispatch_uid="users.file_leaving")
def _file_leaving(sender: type[Job], job: Job, by: Staff, **_: Any) -> None:
    """Name the request that started the job: the record's rows of that request name everybody in the file."""
    UserAccessAudit.record(
        Action.DOWNLOAD,
        by=by,
        resource_type=Job._meta.db_table,
        resource_id=job.pk,
        reason=job.parameters.get("reason"),
        detail={
            "file": job.result_filename,
            "kind": job.kind,
            "count": job.done_count,
            "started_by_request": job.started_from.request_id,
        },
    )
