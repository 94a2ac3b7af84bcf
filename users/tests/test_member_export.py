"""The export of a list in the background: what is in the file, who was named on the record, what goes wrong."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.http import QueryDict
from openpyxl import load_workbook

from users.filters import MemberFilter
from users.forms.export import ExportForm
from users.interchange import formats, selection
from users.interchange.columns import COLUMNS
from users.member_export import start_export
from users.models import User, UserAccessAudit
from ygs_admin import storage
from ygs_admin.jobs.models import Job, JobStatus
from ygs_admin.web.origin import Origin, originating

pytestmark = pytest.mark.django_db

ALL = [column.name for column in COLUMNS]
MOST_BYTES = 10_000_000


@pytest.fixture
def start():
    """Return a function that starts an export as the page does."""

    def start(by, query="", *, fields=ALL, format="csv", labels="values") -> Job:  # noqa: A002
        form = ExportForm({"reason": "분기 점검", "fields_chosen": fields, "format": format, "labels": labels})
        assert form.is_valid(), form.errors
        return start_export(by=by, asked=MemberFilter(QueryDict(query), asker=by), form=form)

    return start


@pytest.fixture
def export(start, run_jobs):
    """Export and return the job when it is over."""

    def export(*args: Any, **asked: Any) -> Job:
        job = start(*args, **asked)
        run_jobs()
        return Job.objects.get(pk=job.pk)

    return export


def content(job: Job) -> bytes:
    found = storage.read(job.result_key, max_bytes=MOST_BYTES)
    assert found is not None
    return found


def csv_of(job: Job) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(job).decode("utf-8-sig"), newline="")))


def names(job: Job) -> list[str]:
    return [row[0] for row in csv_of(job)[1:]]


def recorded() -> list[dict[str, Any]]:
    return [row.detail for row in UserAccessAudit.objects.filter(action="export").order_by("pk")]


@pytest.fixture
def cheolsu(make_member) -> User:
    return make_member(name="김철수", phone="01012345678", email="cs@naver.com", kakao_id="cs93", birth_year=1993)


class TestContents:
    def test_the_file_holds_the_fields_that_were_chosen(self, export, cheolsu, manager):
        job = export(manager, fields=["birth_year", "name"], labels="ko")
        assert csv_of(job) == [["이름", "출생연도"], ["김철수", "1993"]]
        assert (job.status, job.total, job.done_count) == (JobStatus.DONE, 1, 1)
        assert job.result_filename.startswith("members-")
        assert job.result_filename.endswith(".csv")

    def test_a_csv_is_read_back_by_an_import(self, export, make_member, manager, tmp_path, capsys):
        for number in range(3):
            make_member(phone=f"0105678123{number}", job="=의사", about_me="첫 줄\n둘째, 줄")
        file = tmp_path / "members.csv"
        file.write_bytes(content(export(manager, labels="ko")))
        call_command("import_members", str(file), "--json")
        assert json.loads(capsys.readouterr().out)["unchanged"] == 3

    def test_a_spreadsheet_says_the_same(self, export, cheolsu, manager):
        rows = load_workbook(io.BytesIO(content(export(manager, format="xlsx", labels="en")))).active.values
        header, row = rows
        shown = dict(zip(header, row, strict=True))
        assert (shown["Name"], shown["Phone"], shown["Birth year"]) == ("김철수", "01012345678", 1993)

    @pytest.mark.parametrize("start_of", ["=", "+", "-", "@", "\t", "\r", "＝", "'="])
    def test_nothing_in_it_is_a_formula(self, export, make_member, manager, start_of):
        text = f'{start_of}cmd|"/c calc"!A1'
        make_member(job=text, phone="01099998888")
        assert csv_of(export(manager, fields=["job"]))[1] == [f"'{text}"]
        sheet = load_workbook(io.BytesIO(content(export(manager, fields=["job"], format="xlsx")))).active
        assert (sheet["A2"].data_type, sheet["A2"].value.replace("_x000D_", "\r")) == ("s", text)

    def test_pages_meet_without_a_gap(self, export, make_member, manager, monkeypatch):
        monkeypatch.setattr(selection, "PAGE_SIZE", 2)
        members = [make_member(name=f"김회원{number}") for number in range(4)]
        job = export(manager, fields=["name"])
        assert names(job) == [member.name for member in members]
        assert [detail["user_ids"] for detail in recorded()] == [
            [members[0].pk, members[1].pk],
            [members[2].pk, members[3].pk],
            [],
        ]


class TestWhoIsInIt:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["김철수", "이영희"]),
            ("q=ㅇㅎ", ["이영희"]),
            ("q=철수", ["김철수"]),
            ("status=pending", ["이영희"]),
            ("gender=male&birth_year_min=1990", ["김철수"]),
            ("birth_year_max=1900", []),
            ("trash=on", ["박지운"]),
            ("trash=on&status=pending", []),
        ],
    )
    def test_those_whom_the_list_shows(self, export, make_member, manager, query, found):
        make_member(name="김철수", birth_year=1993)
        make_member(name="이영희", gender="female", status="pending", birth_year=1980)
        make_member(name="박지운").soft_delete(by=None)
        assert names(export(manager, query, fields=["name"])) == found

    def test_who_may_see_no_trash_exports_none(self, export, make_member, manager):
        make_member(name="박지운").soft_delete(by=None)
        _forbid(manager, "restore_user")
        assert names(export(manager, "trash=on", fields=["name"])) == []

    def test_a_filter_that_fell_away_lets_nobody_in(self, start, run_jobs, cheolsu, manager):
        """Who may no longer search by names would get everybody, in place of the one who was searched for."""
        job = start(manager, "q=철수")
        _forbid(manager, "see_names")
        run_jobs()
        assert Job.objects.get(pk=job.pk).status == JobStatus.FAILED
        assert recorded() == []


class TestMasking:
    CONTACTS = ("phone", "email", "kakao_id")

    def test_whoever_may_export_contacts_gets_them(self, export, cheolsu, manager):
        assert csv_of(export(manager, fields=self.CONTACTS))[1] == ["01012345678", "cs@naver.com", "cs93"]
        assert recorded()[0]["with_contacts"] is True

    @pytest.mark.parametrize("format", ["csv", "xlsx"])
    def test_others_get_them_masked(self, export, cheolsu, manager, format):  # noqa: A002
        _forbid(manager, "export_contacts")
        job = export(manager, fields=["name", *self.CONTACTS], format=format)
        if format == "csv":
            row = csv_of(job)[1]
        else:
            row = [cell.value for cell in load_workbook(io.BytesIO(content(job))).active[2]]
        assert row == ["김철수", "010-****-5678", "c***@naver.com", "c***"]
        assert recorded()[0]["with_contacts"] is False

    def test_names_are_masked_for_whoever_may_not_read_them(self, export, cheolsu, manager):
        _forbid(manager, "see_names")
        assert names(export(manager, fields=["name"])) == ["김*수"]


class TestRecord:
    def test_everybody_is_named_with_what_was_said_of_them_and_why(self, export, cheolsu, manager):
        with originating(Origin("192.0.2.7", "Firefox", "01KB0000000000000000000000")):
            job = export(manager, "q=01012345678", fields=["name", "phone"])
        [row] = UserAccessAudit.objects.filter(action="export")
        assert (row.actor_id, row.reason, row.ip_address) == (manager.pk, "분기 점검", "192.0.2.7")
        assert row.request_id == job.started_from.request_id == "01KB0000000000000000000000"
        assert row.detail == {
            "file": job.result_filename,
            "part": 1,
            "count": 1,
            "fields": ["name", "phone"],
            "with_contacts": True,
            "asked": {"q": "phone"},
            "job": job.pk,
            "attempt": 1,
            "format": "csv",
            "user_ids": [cheolsu.pk],
        }

    def test_a_page_is_recorded_before_it_is_written(self, export, cheolsu, manager, monkeypatch):
        def refuse(self, cells):
            if "김철수" in cells:
                raise OSError("No space left on device")

        monkeypatch.setattr(formats.CsvRows, "add", refuse)
        job = export(manager)
        assert job.status == JobStatus.FAILED
        assert "space" not in job.message
        assert [detail["user_ids"] for detail in recorded()] == [[cheolsu.pk]] * job.attempt


class TestFailing:
    @pytest.mark.usefixtures("store_down")
    def test_without_s3_the_job_says_so(self, export, cheolsu, manager):
        job = export(manager)
        assert (job.status, job.result_key, job.has_file) == (JobStatus.FAILED, "", False)
        assert job.message

    def test_and_can_be_run_again(self, export, cheolsu, manager, run_jobs, monkeypatch):
        def refuse(key, content, *, content_type):
            raise storage.StorageError(key)

        with monkeypatch.context() as patch:
            patch.setattr(storage, "put", refuse)
            job = export(manager, fields=["name"])
        assert job.status == JobStatus.FAILED
        job.run_again(by=job.staff)
        run_jobs()
        assert names(Job.objects.get(pk=job.pk)) == ["김철수"]

    def test_more_than_a_sheet_holds_is_said_before_anybody_is_read(self, export, make_member, manager, monkeypatch):
        monkeypatch.setitem(formats.FORMATS, "xlsx", _holding(formats.FORMATS["xlsx"], 2))
        for _ in range(3):
            make_member()
        job = export(manager, format="xlsx")
        assert job.status == JobStatus.FAILED
        assert "3" in job.message
        assert recorded() == []
        assert export(manager, format="csv").status == JobStatus.DONE

    def test_canceled_between_two_pages_it_leaves_no_file(self, start, run_jobs, make_member, manager, monkeypatch):
        monkeypatch.setattr(selection, "PAGE_SIZE", 1)
        monkeypatch.setattr("ygs_admin.jobs.run.FLUSH_SECONDS", 0)
        for _ in range(3):
            make_member()
        job = start(manager)
        add = formats.CsvRows.add

        def cancel_at_the_second(self, cells):
            add(self, cells)
            if UserAccessAudit.objects.filter(action="export").count() == 2:
                Job.objects.get(pk=job.pk).cancel(by=job.staff)

        monkeypatch.setattr(formats.CsvRows, "add", cancel_at_the_second)
        run_jobs()
        canceled = Job.objects.get(pk=job.pk)
        assert (canceled.status, canceled.has_file, len(recorded())) == (JobStatus.CANCELED, False, 2)


def _holding(format_, most):
    return type(format_)(format_.key, format_.label, format_.content_type, format_.open, most=most)


def _forbid(staff, codename):
    """Take one permission away, and what the account remembers of the others."""
    from django.contrib.auth.models import Permission

    held = Permission.objects.filter(group__user=staff).exclude(codename=codename)
    staff.user_permissions.set(held)
    staff.groups.clear()
    for cached in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        vars(staff).pop(cached, None)
