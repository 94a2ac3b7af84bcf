"""Asking for an export of the access record."""

import pytest
from django.urls import reverse

from ygs_admin.jobs.models import Job

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

EXPORT = reverse("users:audit_export")
ASKED = {"reason": "정기 점검", "format": "csv"}


def test_an_export_begins_with_the_filters_of_the_screen(client, auditor):
    client.force_login(auditor)
    url = client.get(reverse("users:audit"), {"action": "view"}).context["export_url"]
    response = client.post(url, ASKED)
    job = Job.objects.get()
    assert response.url == reverse("jobs:job", args=[job.pk])
    assert (job.kind, job.staff) == ("audit_export", auditor)
    assert job.parameters == {**ASKED, "filters": {"action": "view"}}


def test_the_page_says_how_many_rows_there_are(client, auditor):
    client.force_login(auditor)
    assert client.get(EXPORT, {"action": "login"}).context["count_label"] == "1"


@pytest.mark.parametrize("missing", [{}, {"reason": ""}, {"reason": "x" * 501}, {"reason": "x", "format": "pdf"}])
def test_what_is_missing_is_asked_for_again(client, auditor, missing):
    client.force_login(auditor)
    assert client.post(EXPORT, missing).status_code == 422
    assert not Job.objects.exists()


def test_a_malformed_filter_lets_nothing_out(client, auditor):
    client.force_login(auditor)
    assert client.post(f"{EXPORT}?since=어제", ASKED).status_code == 422
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", ["reviewer", "matchmaker", "consultant", "manager", "outsider"])
def test_other_roles_may_not(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.post(EXPORT, ASKED).status_code == 403
    assert "audit/export" not in client.get(reverse("users:audit")).text


def test_who_it_is_is_asked_again(client, auditor, settings):
    settings.CONFIRM_SECONDS = -1
    client.force_login(auditor)
    assert client.post(EXPORT, ASKED).url.startswith(reverse("staff:confirm"))
    assert not Job.objects.exists()


def test_methods(client, auditor):
    client.force_login(auditor)
    assert client.delete(EXPORT).status_code == 405
