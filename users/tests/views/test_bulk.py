"""A verb on many members: foreseen, confirmed, done one by one."""

import pytest
from django.db import transaction
from django.urls import reverse

from users.bulk import planning
from users.bulk.planning import BULK_VERBS, TYPED_FROM
from users.models import Action, User, UserAccessAudit, UserStatus
from users.tests.pressing_many import REASON, change, choose, confirm, foreseen, outcomes
from users.verbs import VERBS
from ygs_admin.db.ids import new_id
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.testing.personas import make_staff
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db

STATUSES = [*UserStatus.values, "dormant"]


@pytest.fixture
def everybody(make_member):
    """Two members in every status, one of each deleted."""
    members = [make_member(status=status) for status in STATUSES for _ in range(2)]
    for member in members[::2]:
        with transaction.atomic():
            member.soft_delete(by=None)
    return members


@pytest.mark.parametrize("key", BULK_VERBS)
def test_what_was_foreseen_is_what_happens(client, manager, everybody, key, run_jobs):
    client.force_login(manager)
    before = {member.pk: User.all_objects.get(pk=member.pk) for member in everybody}
    answer = choose(client, key, *everybody)
    counts = foreseen(client, answer)
    assert sum(counts.values()) == len(everybody)
    job = confirm(client, answer)
    run_jobs()
    happened = list(outcomes(job).values())
    assert happened.count("done") == counts["changed"] > 0
    assert happened.count("unchanged") == counts["unchanged"]
    assert happened.count("refused") == counts["refused"]
    after = {member.pk: User.all_objects.get(pk=member.pk) for member in everybody}
    changed = {
        pk for pk, row in after.items() if (row.status, row.is_deleted) != (before[pk].status, before[pk].is_deleted)
    }
    assert changed == {pk for pk, outcome in outcomes(job).items() if outcome == "done"}


@pytest.mark.parametrize("key", BULK_VERBS)
def test_the_forecast_is_the_models(manager, everybody, key):
    verb = BULK_VERBS[key]
    plan = planning.plan_for(verb, [member.pk for member in everybody], by=manager)
    for group in planning.foresee(plan, verb):
        for user_id in group.user_ids:
            user = User.all_objects.get(pk=user_id)
            if group.forecast == "refused" and key == "reject" and user.status == "approved":
                continue  # The model would; the console offers it for sign-ups that wait.
            with transaction.atomic():
                assert _pressed(verb, user, manager) == group.forecast
                transaction.set_rollback(True)


def _pressed(verb, user, by):
    try:
        return "changed" if verb.apply(user, by, REASON) else "unchanged"
    except planning.VerbRefusedError:
        return "refused"


def test_a_dry_run_changes_nothing_and_records_whom_it_showed(client, manager, make_member):
    waiting, suspended = make_member(status="pending"), make_member(status="suspended", name="정지된분")
    client.force_login(manager)
    answer = choose(client, "approve", waiting, suspended)
    page = client.get(answer.url)
    assert waiting.name in page.text
    assert "정지된분" in page.text
    assert "이용 정지" in page.text
    assert [user.pk for user in page.context["rows"]] == [waiting.pk]
    row = UserAccessAudit.objects.get(action=Action.SEARCH)
    assert set(row.detail["user_ids"]) == {waiting.pk, suspended.pk}
    assert not UserAccessAudit.objects.filter(action=Action.APPROVE).exists()
    assert User.objects.get(pk=waiting.pk).status == "pending"


def test_each_member_has_a_row_of_the_record_with_the_requests_origin(client, manager, make_member, run_jobs):
    members = [make_member(status="approved") for _ in range(3)]
    client.force_login(manager)
    confirm(client, choose(client, "suspend", *members))
    run_jobs()
    rows = UserAccessAudit.objects.filter(action=Action.UPDATE, user_id__in=[each.pk for each in members])
    assert len(rows) == 3
    for row in rows:
        assert (row.actor_id, row.reason, row.ip_address) == (manager.pk, REASON, "127.0.0.1")
        assert row.detail == {"status": ["approved", "suspended"]}


def test_a_row_that_was_changed_after_the_dry_run_is_left_alone(client, manager, make_member, run_jobs):
    mine, theirs = make_member(status="pending"), make_member(status="pending")
    client.force_login(manager)
    answer = choose(client, "approve", mine, theirs)
    change(theirs, birth_year=1991)
    job = confirm(client, answer)
    run_jobs()
    assert outcomes(job) == {mine.pk: "done", theirs.pk: "conflict"}
    assert User.objects.get(pk=theirs.pk).status == "pending"
    assert "그대로 두었습니다" in client.get(reverse("jobs:job", args=[job.pk])).text


def test_a_row_that_was_changed_after_the_confirmation_is_left_alone(client, manager, make_member, run_jobs):
    member = make_member(status="pending")
    client.force_login(manager)
    job = confirm(client, choose(client, "approve", member))
    with transaction.atomic():
        member.reject(by=None, reason="서류")
    run_jobs()
    assert outcomes(job) == {member.pk: "conflict"}
    assert User.objects.get(pk=member.pk).status == "rejected"


def test_a_member_who_is_gone_by_then_is_said_so(client, manager, make_member, run_jobs):
    member = make_member(status="pending")
    client.force_login(manager)
    job = confirm(client, choose(client, "approve", member))
    job.items.update(subject_id=new_id("usr"))
    run_jobs()
    assert list(outcomes(job).values()) == ["refused"]


def test_a_plan_is_confirmed_once(client, manager, make_member, run_jobs):
    member = make_member(status="pending")
    client.force_login(manager)
    answer = choose(client, "approve", member)
    job = confirm(client, answer)
    assert confirm(client, answer) == job
    assert client.get(answer.url).url == reverse("jobs:job", args=[job.pk])
    run_jobs()
    assert Job.objects.count() == UserAccessAudit.objects.filter(action=Action.APPROVE).count() == 1


def test_a_reason_is_asked_for(client, manager, make_member):
    client.force_login(manager)
    answer = choose(client, "suspend", make_member())
    for reason in ("", "  ", "가" * 501):
        assert client.post(answer.url, {"reason": reason}).status_code == 422
    assert not Job.objects.exists()


def test_many_are_taken_something_away_only_when_they_are_counted(client, manager, make_member):
    members = [make_member(status="approved") for _ in range(TYPED_FROM)] + [make_member(status="withdrawn")]
    client.force_login(manager)
    answer = choose(client, "suspend", *members)
    for count in ("", "22", "-21", "many", "9" * 30):
        assert client.post(answer.url, {"reason": REASON, "count": count}).status_code == 422
    assert not Job.objects.exists()
    assert confirm(client, answer, count=f" {TYPED_FROM} ").total == len(members)
    fewer = choose(client, "suspend", *members[1:])
    assert "count" not in client.get(fewer.url).context["form"].fields


def test_nobody_to_change_is_nothing_to_confirm(client, manager, make_member):
    client.force_login(manager)
    answer = choose(client, "approve", make_member(status="approved"))
    assert "변경될 회원이 없습니다" in client.get(answer.url).text
    assert client.post(answer.url).status_code == 422
    assert not Job.objects.exists()


def test_another_persons_plan_is_not_there(client, manager, make_member):
    client.force_login(manager)
    answer = choose(client, "approve", make_member(status="pending"))
    client.force_login(make_staff("second", role="manager"))
    assert client.get(answer.url).status_code == 404
    assert client.post(answer.url).status_code == 404
    assert client.get(reverse("users:bulk_plan", args=[new_id("bpl")])).status_code == 404


def test_the_permission_is_asked_for_at_every_step(client, reviewer, make_member, run_jobs):
    member = make_member(status="pending")
    client.force_login(reviewer)
    assert choose(client, "suspend", member).status_code == 403
    answer, later = choose(client, "approve", member), choose(client, "approve", member)
    job = confirm(client, answer)
    reviewer.groups.clear()
    assert client.post(later.url).status_code == 403
    run_jobs()
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert User.objects.get(pk=member.pk).status == "pending"


def test_a_permission_that_is_lost_halfway_stops_the_job(client, manager, make_member, run_jobs, monkeypatch):
    members = [make_member(status="pending") for _ in range(4)]
    client.force_login(manager)
    job = confirm(client, choose(client, "approve", *members))
    monkeypatch.setattr("ygs_admin.jobs.run.Run.items.__defaults__", (2,))
    original = User.approve

    def approve_and_be_dismissed(self, **given):
        manager.groups.clear()
        return original(self, **given)

    monkeypatch.setattr(
        type(VERBS["approve"]),
        "apply",
        lambda _verb, user, by, _r, version: approve_and_be_dismissed(user, by=by, version=version),
    )
    run_jobs()
    job.refresh_from_db()
    assert (job.status, job.done_count) == (JobStatus.FAILED, 2)


def test_whom_the_results_name_is_on_the_record(client, manager, make_member, run_jobs):
    members = [make_member(name=f"김{letter}수", status="pending") for letter in "가나"]
    client.force_login(manager)
    job = confirm(client, choose(client, "approve", *members))
    run_jobs()
    page = client.get(reverse("jobs:job", args=[job.pk]))
    assert "김*수" in page.text
    row = UserAccessAudit.objects.get(request_id=page["X-Request-ID"])
    assert (row.action, set(row.detail["user_ids"])) == (Action.VIEW, {member.pk for member in members})


@pytest.mark.django_db(databases=["default", "replica"])
def test_a_dry_run_costs_the_same_however_many(client, manager, make_member):
    client.force_login(manager)
    members, counted = [], []
    for _ in range(2):
        members += [make_member(status=status) for status in STATUSES for _ in range(2)]
        with domain_queries() as queries:
            client.get(choose(client, "suspend", *members).url)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 4
