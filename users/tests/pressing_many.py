"""Pressing a verb on many members as a browser does: choose them in the list, look at the dry run, confirm it."""

import re
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.jobs.models import Job

REASON = "약관 위반"


def choose(client: Client, verb: str, *members: User, asked: dict[str, str] | None = None, **posted: str) -> Any:
    """Send a selection; return the answer, which leads to the dry run."""
    query = f"?{urlencode(asked)}" if asked else ""
    return client.post(f"{reverse(f'users:bulk_{verb}')}{query}", {"member": [each.pk for each in members], **posted})


def foreseen(client: Client, answer: Any) -> dict[str, int]:
    counts: dict[str, int] = client.get(answer.url).context["counts"]
    return counts


def confirm(client: Client, answer: Any, **given: Any) -> Job:
    """Confirm a dry run; return its job."""
    response: Any = client.post(answer.url, {"reason": REASON, **given})
    assert response.status_code == 302, response.context["form"].errors
    return job_at(response.url)


def job_at(url: str) -> Job:
    job: Job = Job.objects.get(pk=re.findall(r"job_\w+", url)[0])
    return job


def outcomes(job: Job) -> dict[str, str]:
    return dict(job.items.values_list("subject_id", "outcome"))


def change(member: User, **columns: Any) -> None:
    """Change a member as somebody else does: in a transaction, which is what a version is."""
    with transaction.atomic():
        User.all_objects.filter(pk=member.pk).update(**columns)
