"""The export of the access record: what is in the file, what the record says of it, what goes wrong."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.http import QueryDict
from openpyxl import load_workbook

from users.audit import export as audit_export
from users.audit.export import COLUMNS, AuditExportForm, start_audit_export
from users.audit.filter import AuditFilter
from users.models import UserAccessAudit
from users.tests.recording import recorded
from ygs_admin import storage
from ygs_admin.jobs.models import Job, JobStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(run_jobs):
    """Export as the page does, and return the job when it is over."""

    def export(by, query="action=view", *, format="csv") -> Job:  # noqa: A002
        form = AuditExportForm({"reason": "정기 점검", "format": format})
        assert form.is_valid(), form.errors
        job = start_audit_export(by=by, asked=AuditFilter(QueryDict(query), reader=by), form=form)
        run_jobs()
        return Job.objects.get(pk=job.pk)

    return export


def content(job: Job) -> bytes:
    found = storage.read(job.result_key, max_bytes=10_000_000)
    assert found is not None
    return found


def rows_of(job: Job) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(job).decode("utf-8-sig"), newline="")))


def told() -> list[UserAccessAudit]:
    return list(UserAccessAudit.objects.filter(action="export").order_by("pk"))


def test_the_file_holds_what_the_screen_finds_oldest_first(export, auditor, reviewer):
    second = recorded("view", by=reviewer, user_id="usr_b", at="2026-10-02 09:00", detail={"user_ids": ["usr_c"]})
    first = recorded("view", by=reviewer, user_id="usr_a", at="2026-10-01 23:59", ip_address="192.0.2.7")
    recorded("reveal", by=reviewer, user_id="usr_d")
    job = export(auditor)
    assert (job.status, job.done_count) == (JobStatus.DONE, 2)
    assert [row["id"] for row in rows_of(job)] == [first.pk, second.pk]
    assert rows_of(job)[0] | {"user_agent": ""} == dict.fromkeys(COLUMNS, "") | {
        "id": first.pk,
        "created_at": "2026-10-01 23:59:00+09:00",
        "actor_id": reviewer.pk,
        "actor_name": reviewer.name,
        "action": "view",
        "user_id": "usr_a",
        "ip_address": "192.0.2.7",
    }
    assert rows_of(job)[1]["detail"] == '{"user_ids": ["usr_c"]}'


def test_the_record_says_who_is_in_the_file_and_why(export, auditor, reviewer):
    recorded("view", by=reviewer, user_id="usr_a", detail={"user_ids": ["usr_b", "usr_a"]})
    job = export(auditor)
    (row,) = told()
    assert (row.actor_id, row.reason, row.resource_type) == (auditor.pk, "정기 점검", "user_access_audits")
    assert row.detail["user_ids"] == ["usr_a", "usr_b"]
    assert (row.detail["job"], row.detail["count"], row.detail["asked"]) == (job.pk, 1, {"action": "view"})


def test_pages_follow_each_other_by_key(export, auditor, reviewer, monkeypatch):
    monkeypatch.setattr(audit_export, "PAGE_SIZE", 2)
    written = [recorded("view", by=reviewer, user_id=f"usr_{n}", at="2026-10-01 10:00").pk for n in range(5)]
    job = export(auditor)
    assert [row["id"] for row in rows_of(job)] == written
    assert [row.detail["count"] for row in told()] == [2, 2, 1]


def test_an_export_of_everything_does_not_follow_itself(export, auditor, reviewer, monkeypatch):
    monkeypatch.setattr(audit_export, "PAGE_SIZE", 1)
    recorded("export", by=reviewer, reason="앞선 파일")
    job = export(auditor, "action=export")
    assert [row["reason"] for row in rows_of(job)] == ["앞선 파일"]


def test_an_empty_file_is_recorded_too(export, auditor):
    assert rows_of(export(auditor)) == []
    assert [row.detail["user_ids"] for row in told()] == [[]]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1"])
def test_no_cell_is_run_as_a_formula(export, auditor, reviewer, text):
    recorded("view", by=reviewer, reason=text)
    assert rows_of(export(auditor))[0]["reason"] == f"'{text}"
    sheet = load_workbook(io.BytesIO(content(export(auditor, format="xlsx")))).active
    cell = sheet.cell(2, COLUMNS.index("reason") + 1)
    assert (cell.data_type, cell.value) == ("s", text)


def test_more_rows_than_a_sheet_holds_are_refused(export, auditor, reviewer, monkeypatch):
    monkeypatch.setattr(audit_export.FORMATS["xlsx"].__class__, "takes", lambda _format, count: count < 2)
    for n in range(3):
        recorded("view", by=reviewer, user_id=f"usr_{n}")
    job = export(auditor, format="xlsx")
    assert (job.status, job.result_key) == (JobStatus.FAILED, "")
    assert "CSV" in job.message


def test_who_lost_the_permission_gets_no_file(export, auditor, reviewer, monkeypatch):
    recorded("view", by=reviewer)
    auditor.groups.clear()
    assert export(auditor).status == JobStatus.FAILED
    assert told() == []


def test_filters_that_fell_away_let_nothing_else_in(manager, reviewer, run_jobs):
    """What no longer means anything is left out of the screen, and would be everything in a file."""
    recorded("view", by=reviewer)
    asked = {"reason": "점검", "format": "csv", "filters": {"since": "어제"}}
    manager.user_permissions.add(Permission.objects.get(codename="export_useraccessaudit"))
    job = Job.start(audit_export.KEY, by=manager, parameters=asked)
    run_jobs()
    assert Job.objects.get(pk=job.pk).status == JobStatus.FAILED
    assert told() == []
