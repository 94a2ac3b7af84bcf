"""What is done with background jobs and the files that they leave, on the access record."""

from typing import Any

from django.dispatch import receiver

from users.models import Action, UserAccessAudit
from ygs_admin.jobs.models import Job
from ygs_admin.jobs.signals import file_leaving, verb_pressed
from ygs_admin.staff.models import Staff

ACTIONS = {"start": Action.CREATE}


@receiver(verb_pressed, dispatch_uid="users.job_verb")
def _verb_pressed(sender: type[Job], job: Job, by: Staff, verb: str, **_: Any) -> None:
    _record(job, ACTIONS.get(verb, Action.UPDATE), by, {"kind": job.kind, "verb": verb})


@receiver(file_leaving, dispatch_uid="users.file_leaving")
def _file_leaving(sender: type[Job], job: Job, by: Staff, **_: Any) -> None:
    """Name the request that started the job: the record's rows of that request name everybody in the file."""
    request = job.started_from.request_id
    about = {"file": job.result_filename, "kind": job.kind, "count": job.done_count, "started_by_request": request}
    _record(job, Action.DOWNLOAD, by, about)


def _record(job: Job, action: Action, by: Staff, about: dict[str, Any]) -> None:
    reason = job.parameters.get("reason")
    UserAccessAudit.record(
        action, by=by, resource_type=Job._meta.db_table, resource_id=job.pk, reason=reason, detail=about
    )
