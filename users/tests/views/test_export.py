"""The page that asks what goes into an export, and the file on its way out."""

import pytest
from django.urls import reverse

from users.models import UserAccessAudit
from ygs_admin.jobs.models import Job, JobStatus

pytestmark = pytest.mark.django_db

URL = reverse("users:export")
ASKED = {"reason": "분기 점검", "fields_chosen": ["name", "phone"], "format": "csv", "labels": "ko"}


@pytest.fixture
def client(client, manager):
    client.force_login(manager)
    return client


def test_the_list_leads_there_with_its_filters(client, make_member, reviewer):
    make_member(status="pending")
    page = client.get(reverse("users:list"), {"status": "pending", "q": "김", "page": "x"}).text
    assert f'href="{URL}?q=%EA%B9%80&amp;status=pending"' in page
    client.force_login(reviewer)
    assert URL not in client.get(reverse("users:list")).text


def test_it_says_how_many_and_of_which_list(client, make_member):
    make_member(status="pending")
    make_member(status="approved")
    page = client.get(URL, {"status": "pending"})
    assert page.context["count_label"] == "1"
    assert "승인 대기" in page.text
    assert f'action="{URL}?status=pending"' in page.text


def test_it_starts_a_job_under_these_filters(client, manager):
    answer = client.post(f"{URL}?status=pending&sort=name", ASKED)
    job = Job.objects.get()
    assert answer.url == reverse("jobs:job", args=[job.pk])
    assert (job.staff, job.kind, job.status) == (manager, "member_export", JobStatus.WAITING)
    assert job.parameters == {
        "reason": "분기 점검",
        "fields": ["name", "phone"],
        "format": "csv",
        "labels": "ko",
        "filters": {"status": "pending", "sort": "name"},
    }
    assert "분기 점검" in client.get(answer.url).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": " "},
        {"reason": "가" * 501},
        {"reason": "a\x00b"},
        {"fields_chosen": []},
        {"fields_chosen": ["password"]},
        {"format": "pdf"},
        {"labels": "fr"},
    ],
)
def test_what_is_missing_or_unknown_starts_nothing(client, wrong):
    answer = client.post(URL, ASKED | wrong)
    assert answer.status_code == 422
    assert "field-errors" in answer.text
    assert not Job.objects.exists()


def test_a_filter_that_means_nothing_starts_nothing(client):
    answer = client.post(f"{URL}?birth_year_min=19", ASKED)
    assert answer.status_code == 422
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", ["reviewer", "matchmaker", "consultant", "auditor", "outsider"])
def test_is_not_for_other_roles(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(URL).status_code == 403
    assert client.post(URL, ASKED).status_code == 403


def test_asks_who_it_is_and_comes_back_with_the_filters(client, settings):
    settings.CONFIRM_SECONDS = -1
    answer = client.get(URL, {"status": "pending"})
    assert answer.url == f"{reverse('staff:confirm')}?next=%2Fusers%2Fexport%2F%3Fstatus%3Dpending"
    assert client.post(URL, ASKED).status_code == 302
    assert not Job.objects.exists()


def test_takes_get_and_post_alone(client):
    assert client.put(URL).status_code == 405


def test_says_what_will_be_masked(client, superuser, outsider):
    from django.contrib.auth.models import Permission

    assert "가려" not in client.get(URL).text
    outsider.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "export_user"]))
    client.force_login(outsider)
    assert client.get(URL).text.count("가려") == 2


def test_the_file_goes_onto_the_record_when_it_leaves(client, make_member, run_jobs, manager):
    make_member()
    client.post(URL, ASKED)
    run_jobs()
    job = Job.objects.get()
    assert client.get(reverse("jobs:download", args=[job.pk])).status_code == 302
    row = UserAccessAudit.objects.get(action="download")
    assert (row.actor_id, row.resource_type, row.resource_id) == (manager.pk, "console_jobs", job.pk)
    assert row.reason == "분기 점검"
    assert (row.detail["file"], row.detail["count"]) == (job.result_filename, 1)
    named = UserAccessAudit.objects.filter(action="export", request_id=row.detail["started_by_request"])
    assert named.count() == 1


def test_starting_canceling_and_running_again_are_on_the_record(client, manager):
    client.post(URL, ASKED)
    job = Job.objects.get()
    client.post(reverse("jobs:cancel", args=[job.pk]))
    client.post(reverse("jobs:cancel", args=[job.pk]))
    client.post(reverse("jobs:run_again", args=[job.pk]))
    rows = UserAccessAudit.objects.filter(resource_type="console_jobs", resource_id=job.pk).order_by("pk")
    assert [(row.action, row.detail["verb"]) for row in rows] == [
        ("create", "start"),
        ("update", "cancel"),
        ("update", "run_again"),
    ]
    assert {(row.actor_id, row.reason) for row in rows} == {(manager.pk, "분기 점검")}
