"""What can be done to a job: GET says what it will do, POST does it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ygs_admin.jobs.errors import JobRefusedError
from ygs_admin.jobs.models import Job
from ygs_admin.staff.models import Staff
from ygs_admin.web.access import StaffRequest, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import load_job


@dataclass(frozen=True)
class JobVerb:
    """`permission` is needed for others' jobs, empty where only one's own will do."""

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    apply: Callable[[Job, Staff], bool]
    permission: str = ""
    tone: str = "neutral"


CANCEL = JobVerb(
    "cancel",
    _("Cancel the job"),
    _("It stops as soon as what is being worked on is done. What it has done stays done."),
    _("The job is canceled."),
    lambda job, by: job.cancel(by=by),
    permission="jobs.change_job",
    tone="bad",
)
RUN_AGAIN = JobVerb(
    "run-again",
    _("Run again"),
    _("What is done already is not done twice: it goes on where it stopped, or begins a file anew."),
    _("The job waits for its next run."),
    lambda job, by: job.run_again(by=by),
)
VERBS = {verb.key: verb for verb in (CANCEL, RUN_AGAIN)}


def verb_view(verb: JobVerb) -> Any:
    """Return the view of one verb."""
    return require_http_methods(["GET", "HEAD", "POST"])(on_primary(partial(_verb, verb=verb)))


def _verb(request: StaffRequest, job_id: str, *, verb: JobVerb) -> HttpResponse:
    job = load_job(request, job_id, permission=verb.permission)
    if request.method != "POST":
        return render(request, "jobs/verb.html", {"job": job, "verb": verb})
    try:
        verb.apply(job, request.user)
    except JobRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, str(verb.done))
    return redirect("jobs:job", job.pk)
