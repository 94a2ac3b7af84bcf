"""The command `export_members`: what it writes, what it hides, what it records."""

import json
import stat
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from users.interchange import exporting, formats, selection
from users.interchange.columns import COLUMNS
from users.models import User, UserAccessAudit
from users.tests.interchange.files import read_rows
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db

Export = Callable[..., list[list[str]]]
REASON = ("--reason", "분기 점검")


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Export to a file; return its rows, the header among them."""

    def call(*options: str) -> list[list[str]]:
        file = tmp_path / "out.csv"
        call_command("export_members", str(file), *REASON, *options, stdout=StringIO())
        return read_rows(file)

    return call


@pytest.fixture
def cheolsu(make_member: Any) -> User:
    member: User = make_member(
        name="김철수", phone="01012345678", birth_year=1993, email="cs@naver.com", kakao_id="cs93",
        height=175, education="bachelor", salary_range="5000_7000", job="=의사", about_me="첫 줄\n둘째, 줄",
    )  # fmt: skip
    return member


def recorded() -> list[dict[str, Any]]:
    """Return the details of the access record of exports, in order."""
    rows = UserAccessAudit.objects.filter(action="export").order_by("pk")
    return [row.detail or {} for row in rows]


def test_korean_headers_and_labels_by_default(export: Export, cheolsu: User) -> None:
    header, row = export()
    assert header[:4] == ["이름", "휴대폰 번호", "성별", "출생연도"]
    assert len(header) == len(row) == len(COLUMNS)


@pytest.mark.parametrize(
    ("labels", "header", "gender", "education"),
    [("en", "Education", "Male", "Bachelor's degree"), ("values", "education", "male", "bachelor")],
)
def test_other_labels(export: Export, cheolsu: User, labels: str, header: str, gender: str, education: str) -> None:
    titles, row = export("--labels", labels)
    assert row[titles.index(header)] == education
    assert row[2] == gender


def test_contacts_are_masked(export: Export, cheolsu: User) -> None:
    header, row = export("--labels", "values")
    shown = dict(zip(header, row, strict=True))
    assert (shown["phone"], shown["email"], shown["kakao_id"]) == ("010-****-5678", "c***@naver.com", "c***")


def test_contacts_are_shown_to_whom_may_export_them(export: Export, cheolsu: User, superuser: Staff) -> None:
    header, row = export("--labels", "values", "--with-contacts", "--actor", superuser.email)
    shown = dict(zip(header, row, strict=True))
    assert (shown["phone"], shown["email"], shown["kakao_id"]) == ("01012345678", "cs@naver.com", "cs93")
    assert UserAccessAudit.objects.get(action="export").actor_id == superuser.pk
    assert recorded()[0]["with_contacts"] is True


def test_contacts_need_an_actor_with_the_permission(export: Export, cheolsu: User, reviewer: Staff) -> None:
    former = Staff.objects.create_superuser("former@ygs.kr", "pw", name="퇴사자", is_active=False)
    for options in ([], ["--actor", reviewer.email], ["--actor", former.email]):
        with pytest.raises(CommandError) as refused:
            export("--with-contacts", *options)
        assert refused.value.returncode == 2
    assert not UserAccessAudit.objects.filter(action="export").exists()


def test_names_are_masked_for_whoever_may_not_read_them(export: Export, cheolsu: User, reviewer: Staff) -> None:
    assert export("--fields", "name")[1:] == [["김*수"]]
    auditor = Staff.objects.create_user("nameless@ygs.kr", "pw", name="감사")
    assert export("--fields", "name", "--actor", auditor.email)[1:] == [["김*수"]]
    assert export("--fields", "name", "--actor", reviewer.email)[1:] == [["김철수"]]


def test_the_fields_are_those_that_were_named_in_their_order(export: Export, cheolsu: User) -> None:
    assert export("--fields", "job, gender,job", "--labels", "values") == [["job", "gender"], ["'=의사", "male"]]
    assert recorded()[0]["fields"] == ["job", "gender"]


def test_an_unknown_field_is_named_among_those_that_there_are(export: Export) -> None:
    with pytest.raises(CommandError, match=r"^salary .*salary_range"):
        export("--fields", "name,salary")
    assert recorded() == []


def test_a_spreadsheet_has_text_as_text_and_numbers_as_numbers(cheolsu: User, tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    call_command("export_members", str(file), *REASON, "--format", "xlsx", "--labels", "values", stdout=StringIO())
    header, row = load_workbook(file).active.iter_rows()
    shown = {name.value: cell for name, cell in zip(header, row, strict=True)}
    assert (shown["job"].value, shown["job"].data_type) == ("=의사", "s")
    assert (shown["birth_year"].value, shown["height"].value) == (1993, 175)
    assert shown["phone"].value == "010-****-5678"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_spreadsheet_is_written_to_a_file_alone() -> None:
    with pytest.raises(CommandError) as refused:
        call_command("export_members", *REASON, "--format", "xlsx", stdout=StringIO())
    assert refused.value.returncode == 2


def test_a_reason_is_needed() -> None:
    for options in ([], ["--reason", " "]):
        with pytest.raises(CommandError):
            call_command("export_members", *options, stdout=StringIO())


def test_formulas_are_escaped_and_line_breaks_kept(export: Export, cheolsu: User) -> None:
    header, row = export("--labels", "values")
    assert row[header.index("job")] == "'=의사"
    assert row[header.index("about_me")] == "첫 줄\n둘째, 줄"


def test_deleted_members_are_left_out_and_statuses_chosen(export: Export, make_member: Any) -> None:
    make_member(university="승인", status="approved")
    make_member(university="대기", status="pending")
    make_member(university="정지", status="suspended")
    make_member(university="삭제", status="approved").soft_delete(by=None)
    assert export("--fields", "university")[1:] == [["승인"], ["대기"], ["정지"]]
    assert export("--fields", "university", "--status", "pending", "--status", "suspended")[1:] == [["대기"], ["정지"]]


def test_unknown_values_and_a_missing_profile_are_written_as_they_are(export: Export) -> None:
    User.objects.create(name="김", phone="01011112222", gender="robot", birth_year=1990, status="vip")
    header, row = export("--labels", "en")
    assert (row[header.index("Gender")], row[header.index("Status")], row[header.index("Job")]) == ("robot", "vip", "")


def test_every_page_is_recorded_with_all_whom_it_names(
    export: Export, make_member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "PAGE_SIZE", 2)
    members = [make_member().pk for _ in range(4)]
    assert len(export()) == 1 + len(members)
    assert [detail["user_ids"] for detail in recorded()] == [members[:2], members[2:], []]
    assert [(detail["part"], detail["count"]) for detail in recorded()] == [(1, 2), (2, 2), (3, 0)]
    audits = UserAccessAudit.objects.filter(action="export")
    assert {(audit.actor_id, audit.reason) for audit in audits} == {("system", "분기 점검")}
    assert len({audit.request_id for audit in audits}) == 1


def test_a_page_is_recorded_before_it_is_written(cheolsu: User) -> None:
    class Broken:
        def write(self, text: str) -> None:
            if "김*수" in text:
                raise BrokenPipeError

    export = exporting.Export(file="-", reason="점검", actor=None)
    with pytest.raises(BrokenPipeError):
        list(export.write(formats.CsvRows(Broken())))
    assert [detail["user_ids"] for detail in recorded()] == [[cheolsu.pk]]


def test_an_empty_export_is_a_header_and_a_record(export: Export) -> None:
    assert len(export()) == 1
    assert [detail["user_ids"] for detail in recorded()] == [[]]


def test_pages_are_read_by_key_without_cursors_or_offsets(
    export: Export, make_member: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selection, "PAGE_SIZE", 2)
    for _ in range(5):
        make_member()
    with CaptureQueriesContext(connections["default"]) as queries:
        export()
    reads = [query["sql"] for query in queries if 'FROM "users"' in query["sql"]]
    assert len(reads) == 3
    assert not any(word in read for read in reads for word in ("OFFSET", "COUNT", "CURSOR"))


def test_standard_output_gets_the_file_and_nothing_else(cheolsu: User) -> None:
    output, errors = StringIO(), StringIO()
    call_command("export_members", *REASON, "--bom", "--json", stdout=output, stderr=errors)
    assert output.getvalue().startswith("\ufeff이름,")
    assert output.getvalue().count("\r\n") == 2
    assert json.loads(errors.getvalue()) == {"file": "-", "count": 1}


def test_the_file_is_for_its_owner_only_and_appears_whole(cheolsu: User, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("earlier", encoding="utf-8")
    call_command("export_members", str(file), *REASON, "--bom", stdout=StringIO())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")

    before = file.read_bytes()
    with pytest.raises(RuntimeError):
        _write_half(file)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_folder_that_cannot_be_written_to_is_a_clear_error(cheolsu: User) -> None:
    with pytest.raises(CommandError, match="/nowhere") as refused:
        call_command("export_members", "/nowhere/out.csv", *REASON, stdout=StringIO())
    assert refused.value.returncode == 2


def _write_half(file: Path) -> None:
    with exporting.replaced(file) as sink:
        sink.write(b"half")
        raise RuntimeError
