"""The command `import_members`: what operators see."""

import json
import os
import stat
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connections

from users.models import User, UserAccessAudit, UserProfile
from users.tests.interchange.files import CHEOLSU, HEADER, YEONGHUI, as_csv, numbered, read_rows, write_members
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db

Import = Callable[..., dict[str, Any]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "members.csv"


@pytest.fixture
def run() -> Import:
    """Run the command; return its summary and, as `exit_code`, what the shell would see."""

    def call(path: Path, *options: str) -> dict[str, Any]:
        output, exit_code = StringIO(), 0
        try:
            call_command("import_members", str(path), "--json", *options, stdout=output)
        except SystemExit as ended:
            exit_code = int(str(ended.code))
        summary: dict[str, Any] = json.loads(output.getvalue())
        counted = summary["created"] + summary["unchanged"] + summary["rejected"] + summary["blank"]
        assert summary["read"] == counted
        return summary | {"exit_code": exit_code}

    return call


def counts(summary: dict[str, Any]) -> tuple[int, int, int, int]:
    return summary["created"], summary["unchanged"], summary["rejected"], summary["blank"]


def test_creates_members_with_their_profiles(file: Path, run: Import) -> None:
    summary = run(write_members(file, CHEOLSU, YEONGHUI))
    assert counts(summary) == (2, 0, 0, 0)
    assert summary["exit_code"] == 0
    cheolsu, yeonghui = User.objects.order_by("pk")
    assert (cheolsu.name, cheolsu.phone, cheolsu.gender, cheolsu.birth_year) == ("김철수", "01012345678", "male", 1993)
    assert (cheolsu.email, cheolsu.status, cheolsu.is_admin) == ("cs@naver.com", "pending", False)
    assert (cheolsu.profile.pk, cheolsu.profile.height, cheolsu.profile.education) == (cheolsu.pk, 175, "bachelor")
    assert cheolsu.profile.about_me == "첫 줄\n둘째 줄"
    assert (yeonghui.phone, yeonghui.email, yeonghui.profile.education) == ("01022223333", None, None)


def test_each_creation_is_recorded_by_its_actor(file: Path, run: Import, manager: Staff) -> None:
    run(write_members(file, CHEOLSU), "--actor", manager.email.upper(), "--language", "en")
    run(write_members(file, YEONGHUI))
    cheolsu, yeonghui = User.objects.order_by("pk")
    first, second = UserAccessAudit.objects.filter(action="create").order_by("pk")
    assert (first.user_id, first.actor_id, first.resource_id) == (cheolsu.pk, manager.pk, cheolsu.pk)
    assert first.reason == "Imported from members.csv, line 2"
    assert (second.user_id, second.actor_id) == (yeonghui.pk, "system")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_every_usual_encoding_is_read(file: Path, run: Import, encoding: str) -> None:
    assert counts(run(write_members(file, CHEOLSU, YEONGHUI, encoding=encoding))) == (2, 0, 0, 0)
    assert User.objects.filter(name="김철수").exists()


def test_english_headers_and_labels_are_read(file: Path, run: Import) -> None:
    header = ("Name", "Mobile", "Sex", "Date of birth", "Status", "Education", "Salary")
    run(
        write_members(
            file, ("Kim", "+82 10-1234-5678", "M", "1993-04-12", "Approved", "PhD", "5,500만원"), header=header
        )
    )
    member = User.objects.select_related("profile").get()
    assert (member.phone, member.gender, member.birth_year, member.status) == ("01012345678", "male", 1993, "approved")
    assert (member.profile.education, member.profile.salary_range) == ("doctorate", "5000_7000")


def test_running_it_twice_changes_nothing(file: Path, run: Import) -> None:
    write_members(file, CHEOLSU, YEONGHUI, [""] * len(HEADER))
    assert counts(run(file)) == (2, 0, 0, 1)
    before = list(User.objects.order_by("pk").values()), list(UserProfile.objects.order_by("pk").values())
    audits = UserAccessAudit.objects.count()
    assert counts(run(file)) == (0, 2, 0, 1)
    assert (list(User.objects.order_by("pk").values()), list(UserProfile.objects.order_by("pk").values())) == before
    assert UserAccessAudit.objects.count() == audits


def test_a_dry_run_counts_the_same_and_writes_nothing(file: Path, run: Import, make_member: Any) -> None:
    known = make_member(phone="01099990000")
    doubled = (*CHEOLSU[:5], "180", *CHEOLSU[6:])
    write_members(file, CHEOLSU, doubled, CHEOLSU, YEONGHUI, ("박민수", known.phone, *CHEOLSU[2:]), ("",) * len(HEADER))
    rehearsed = run(file, "--dry-run")
    assert (User.objects.count(), UserAccessAudit.objects.filter(action="create").count()) == (1, 0)
    done = run(file)
    assert counts(rehearsed) == counts(done) == (2, 1, 2, 1)
    assert rehearsed["exit_code"] == done["exit_code"] == 1
    assert read_rows(Path(rehearsed["rejects_file"])) == read_rows(Path(done["rejects_file"]))


def test_rejects_say_line_field_and_reason_beside_the_original_cells(file: Path, run: Import) -> None:
    wrong = ("김", "02-123-4567", "남", "33세", "", "", "", "=1+1")
    summary = run(write_members(file, CHEOLSU, wrong), "--language", "en")
    assert (summary["exit_code"], counts(summary)) == (1, (1, 0, 1, 0))
    assert summary["rejected_by_column"] == {"phone": 1, "birth_year": 1}
    header, row = read_rows(file.with_name("members.rejects.csv"))
    assert header == ["line", "field", "reason", *HEADER]
    assert row[:2] == ["4", "휴대폰 번호; 출생연도"]
    assert row[2] == "This is not a Korean mobile number. This is not a year of birth."
    assert row[3:] == [*wrong[:7], "'=1+1"]


def test_the_rejects_file_is_for_excel_and_for_its_owner_only(file: Path, run: Import) -> None:
    run(write_members(file, ("", *CHEOLSU[1:])))
    rejects = file.with_name("members.rejects.csv")
    assert rejects.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(rejects.stat().st_mode) == 0o600


def test_a_corrected_rejects_file_is_imported_itself(file: Path, run: Import) -> None:
    run(write_members(file, CHEOLSU, ("이영희", "02-123-4567", *YEONGHUI[2:]), ("박", "x", *YEONGHUI[2:])))
    rejects = file.with_name("members.rejects.csv")
    rejects.write_bytes(rejects.read_bytes().replace(b"02-123-4567", b"010-2222-3333"))
    summary = run(rejects)
    assert counts(summary) == (1, 0, 1, 0)
    header, row = read_rows(Path(summary["rejects_file"]))
    assert len(header) == len(row) == 3 + len(HEADER)
    assert User.objects.filter(phone="01022223333", name="이영희").exists()


def test_rows_whose_cells_cannot_be_told_apart_stay_rejected_until_somebody_corrects_them(
    file: Path, run: Import
) -> None:
    rows = (CHEOLSU[:-1], (*CHEOLSU, "넘침"))
    file.write_text(as_csv([HEADER, *rows]) + '박민수,01055556666,남,93,,,,"열린 따옴표\n', encoding="utf-8")
    first = run(file)
    assert counts(first) == (0, 0, 3, 0)
    second = run(Path(first["rejects_file"]))
    assert counts(second) == (0, 0, 3, 0)
    assert [row[3:] for row in read_rows(Path(second["rejects_file"]))] == [
        row[3:] for row in read_rows(Path(first["rejects_file"]))
    ]


def test_an_earlier_rejects_file_is_not_overwritten(file: Path, run: Import) -> None:
    write_members(file, ("", *CHEOLSU[1:]))
    assert run(file)["rejects_file"] == str(file.with_name("members.rejects.csv"))
    assert run(file)["rejects_file"] == str(file.with_name("members.rejects-2.csv"))


def test_the_rejects_file_can_be_named(file: Path, run: Import, tmp_path: Path) -> None:
    named = tmp_path / "wrong.csv"
    assert run(write_members(file, ("", *CHEOLSU[1:])), "--rejects", str(named))["rejects_file"] == str(named)
    assert named.exists()


def test_no_rejects_no_rejects_file(file: Path, run: Import) -> None:
    assert run(write_members(file, CHEOLSU))["rejects_file"] is None
    assert os.listdir(file.parent) == [file.name]  # noqa: PTH208 - names are what is compared


def test_unknown_columns_stop_it_unless_ignored(file: Path, run: Import) -> None:
    write_members(file, (*CHEOLSU, "AB형"), header=(*HEADER, "혈액형"))
    with pytest.raises(CommandError, match="혈액형") as refused:
        run(file)
    assert refused.value.returncode == 2
    summary = run(file, "--ignore-unknown-columns")
    assert (summary["ignored_columns"], counts(summary)) == (["혈액형"], (1, 0, 0, 0))


def test_the_summary_is_said_in_the_language_asked_for(file: Path) -> None:
    write_members(file, CHEOLSU)
    said = StringIO()
    call_command("import_members", str(file), "--language", "en", stdout=said)
    assert said.getvalue() == "1 rows read: 1 created, 0 unchanged, 0 rejected, 0 blank\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        ("이름,성별\n".encode(), "Phone, Birth year"),
        ("이름,전화,휴대폰,성별,생년\n".encode(), "전화, 휴대폰"),
        ("이름,전화\n".encode() + b"\xff\xff\n", "0xFF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Missing"),
        (b"PK\x03\x04\x14\x00", "Missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    file: Path, run: Import, content: bytes, reason: str
) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError, match=reason) as refused:
        run(file, "--language", "en")
    assert refused.value.returncode == 2
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--rejects", "{file}"), "over the file"),
        (("--rejects", "/nowhere/rejects.csv"), "/nowhere"),
        (("--actor", "nobody@ygs.kr"), "nobody@ygs.kr"),
    ],
)
def test_what_would_fail_in_the_middle_fails_at_the_start(
    file: Path, run: Import, options: tuple[str, ...], reason: str
) -> None:
    write_members(file, CHEOLSU, ("", *YEONGHUI[1:]))
    with pytest.raises(CommandError, match=reason) as refused:
        run(file, "--language", "en", *(option.format(file=file) for option in options))
    assert refused.value.returncode == 2
    assert not User.objects.exists()


def test_a_missing_file_and_a_folder_are_refused(run: Import, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(CommandError) as refused:
            run(path)
        assert refused.value.returncode == 2


def test_a_rule_of_the_model_rejects_the_row(file: Path, run: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_job: str) -> None:
        raise ValidationError("not this job")

    monkeypatch.setattr(UserProfile._meta.get_field("job"), "validators", [refuse])
    summary = run(write_members(file, (*CHEOLSU, "탐정"), header=(*HEADER, "직업")))
    assert summary["rejected_by_column"] == {"job": 1}


def test_a_batch_costs_the_same_few_statements_however_many_rows(
    file: Path, run: Import, django_assert_max_num_queries: Any
) -> None:
    write_members(file, *map(numbered, range(500)))
    with django_assert_max_num_queries(8, connection=connections["default"]):
        assert counts(run(file)) == (500, 0, 0, 0)
    with django_assert_max_num_queries(1, connection=connections["default"]):
        assert counts(run(file)) == (0, 500, 0, 0)
