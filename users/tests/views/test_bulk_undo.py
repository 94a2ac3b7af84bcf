"""Taking back what a verb has done to many."""

import pytest
from django.urls import reverse

from users.models import User
from users.tests.pressing_many import change, choose, confirm, job_at, outcomes
from ygs_admin.db.ids import new_id
from ygs_admin.testing.personas import make_staff

pytestmark = pytest.mark.django_db

UNDONE = {
    "approve": "pending",
    "reject": "pending",
    "suspend": "approved",
    "withdraw": "approved",
    "delete": "approved",
}


@pytest.mark.parametrize("key", UNDONE)
def test_a_job_is_taken_back(client, manager, make_member, run_jobs, key):
    members = [make_member(status=UNDONE[key]) for _ in range(3)]
    client.force_login(manager)
    job = confirm(client, choose(client, key, *members))
    run_jobs()
    touched = members[0]
    change(touched, birth_year=1991)
    undo = reverse("users:bulk_undo", args=[job.pk])
    assert undo in client.get(reverse("jobs:job", args=[job.pk])).text
    assert "3명" in client.get(undo).text
    undoing = job_at(client.post(undo).url)
    run_jobs()
    assert outcomes(undoing) == {member.pk: "done" for member in members} | {touched.pk: "conflict"}
    for member in members[1:]:
        row = User.all_objects.get(pk=member.pk)
        assert (row.status, row.is_deleted) == (UNDONE[key], False)
    for again in (client.get(undo), client.post(undo)):
        assert job_at(again.url) == undoing
    assert undo not in client.get(reverse("jobs:job", args=[job.pk])).text
    assert client.get(reverse("users:bulk_undo", args=[undoing.pk])).status_code == 403


def test_only_what_was_done_is_taken_back(client, manager, make_member, run_jobs):
    mine, already = make_member(status="pending"), make_member(status="approved")
    client.force_login(manager)
    job = confirm(client, choose(client, "approve", mine, already))
    run_jobs()
    client.post(reverse("users:bulk_undo", args=[job.pk]))
    run_jobs()
    assert User.objects.get(pk=already.pk).status == "approved"


def test_what_would_need_a_reason_or_is_somebody_elses_is_not_taken_back(client, manager, make_member, run_jobs):
    member = make_member(status="suspended")
    client.force_login(manager)
    job = confirm(client, choose(client, "reinstate", member))
    undo = reverse("users:bulk_undo", args=[job.pk])
    assert client.post(undo).status_code == 403
    run_jobs()
    assert client.post(undo).status_code == 403
    assert undo not in client.get(reverse("jobs:job", args=[job.pk])).text
    assert client.get(reverse("users:bulk_undo", args=[new_id("job")])).status_code == 404
    client.force_login(make_staff("second", role="manager"))
    assert client.get(undo).status_code == 404
