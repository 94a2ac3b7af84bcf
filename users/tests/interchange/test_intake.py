"""Who is new, who is known, who contradicts: in one file, against the database, against others at the same moment."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import psycopg
import pytest
from django.db import connections

from users.interchange import importing
from users.interchange.importing import import_members
from users.interchange.summary import Summary
from users.models import User, UserAccessAudit
from users.tests.backend import queries
from users.tests.backend.sessions import Backend
from users.tests.interchange.files import CHEOLSU, YEONGHUI, numbered, read_rows, write_members
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db

TALLER = (*CHEOLSU[:5], "180", *CHEOLSU[6:])


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., Summary]:
    def call(*rows: Any, **options: Any) -> Summary:
        file = write_members(tmp_path / "members.csv", *rows)
        return list(import_members(file, actor=None, **options))[-1]

    return call


def counts(summary: Summary) -> tuple[int, int, int]:
    return summary.created, summary.unchanged, summary.rejected


def only_reason(summary: Summary) -> str:
    assert summary.rejects_file is not None
    [_header, row] = read_rows(Path(summary.rejects_file))
    return row[2]


@pytest.fixture(params=["same batch", "later batch"])
def batches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test twice: with all rows in one batch, and with each row in its own."""
    if request.param == "later batch":
        monkeypatch.setattr(importing, "BATCH_SIZE", 1)


@pytest.mark.parametrize("is_dry_run", [False, True])
@pytest.mark.usefixtures("batches")
class TestWithinTheFile:
    def test_a_repeated_row_is_unchanged(self, take: Callable[..., Summary], is_dry_run: bool) -> None:
        spelt_otherwise = ("김철수 ", "+82 10-1234-5678", "M", "1993", *CHEOLSU[4:])
        assert counts(take(CHEOLSU, CHEOLSU, spelt_otherwise, is_dry_run=is_dry_run)) == (1, 2, 0)

    def test_a_contradicting_row_is_rejected_and_names_the_first_line(
        self, take: Callable[..., Summary], is_dry_run: bool
    ) -> None:
        summary = take(YEONGHUI, CHEOLSU, TALLER, is_dry_run=is_dry_run)
        assert counts(summary) == (2, 0, 1)
        assert "3" in only_reason(summary)

    def test_a_rejected_row_does_not_stand_in_the_way(self, take: Callable[..., Summary], is_dry_run: bool) -> None:
        assert counts(take(("-", *CHEOLSU[1:]), CHEOLSU, is_dry_run=is_dry_run)) == (1, 0, 1)


def test_who_is_known_with_the_same_values_is_unchanged_and_keeps_the_rest(
    take: Callable[..., Summary], make_member: Any
) -> None:
    known = make_member(
        name="김철수", phone="01012345678", birth_year=1993, email="cs@naver.com", status="pending", height=175,
        education="bachelor", about_me="첫 줄\r\n둘째 줄", job="의사",
    )  # fmt: skip
    assert counts(take(CHEOLSU)) == (0, 1, 0)
    known.refresh_from_db()
    assert known.updated_at is None
    assert known.profile.job == "의사"


def test_who_is_known_otherwise_is_rejected_by_name_and_not_overwritten(
    take: Callable[..., Summary], make_member: Any
) -> None:
    known = make_member(phone="01012345678", name="김철수", birth_year=1993, email="cs@naver.com", height=180)
    summary = take(CHEOLSU)
    assert counts(summary) == (0, 0, 1)
    reason = only_reason(summary)
    assert known.pk in reason
    assert reason.rpartition(": ")[2] == "키(cm), 학력, 자기소개."
    assert User.objects.get().profile.height == 180


def test_a_deleted_member_is_named_and_said_to_be_deleted(take: Callable[..., Summary], make_member: Any) -> None:
    known = make_member(phone="01012345678")
    known.soft_delete(by=None)
    summary = take(CHEOLSU)
    assert counts(summary) == (0, 0, 1)
    assert known.pk in only_reason(summary)
    assert User.all_objects.count() == 1


def test_a_member_whom_the_backend_made_without_a_profile_is_compared_like_any_other(
    backend: Backend, take: Callable[..., Summary]
) -> None:
    phone = f"010{time.time_ns() % 100_000_000:08}"
    made = queries.UserCreateDto(phone=phone, name="김철수", gender="male", birth_year=1993)
    member = backend.write(queries.create_user_with_profile, made)
    assert counts(take(("김철수", phone, "남", "1993", "", "", "", ""))) == (0, 1, 0)
    assert counts(take(("김철수", phone, "남", "1993", "", "175", "", ""))) == (0, 0, 1)
    assert User.objects.get(phone=phone).pk == member.id


class Rival:
    """Somebody else who adds a member with the same phone, and commits only when the import waits for it."""

    def __init__(self, parameters: dict[str, Any], phone: str, name: str) -> None:
        self._parameters = parameters
        self._connection = psycopg.connect(**parameters)
        self._connection.execute(
            "INSERT INTO users (id, phone, name, gender, birth_year, status, is_admin, created_at) "
            "VALUES (%s, %s, %s, 'male', 1993, 'pending', false, now())",
            [new_id("usr"), phone, name],
        )
        self._thread = threading.Thread(target=self._commit_once_waited_for)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._thread.join()
        self._connection.close()

    def _commit_once_waited_for(self) -> None:
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
        with psycopg.connect(**self._parameters, autocommit=True) as watcher:
            deadline = time.monotonic() + 20
            while time.monotonic() < deadline and watcher.execute(waiting).fetchone() == (0,):
                time.sleep(0.02)
        self._connection.commit()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "expected"), [("김민수", (2, 0, 1)), ("회원2", (2, 1, 0))])
def test_only_the_row_that_loses_the_race_for_a_phone_is_judged_again(
    take: Callable[..., Summary], name: str, expected: tuple[int, int, int]
) -> None:
    parameters = connections["default"].get_connection_params()
    rows = [(*numbered(number)[:2], "남", "1993", "", "", "", "") for number in (1, 2, 3)]
    with Rival(parameters, "01000000002", name):
        summary = take(*rows)
    assert counts(summary) == expected
    assert sorted(User.objects.values_list("phone", "name")) == [
        ("01000000001", "회원1"),
        ("01000000002", name),
        ("01000000003", "회원3"),
    ]
    assert UserAccessAudit.objects.filter(action="create").count() == 2


@pytest.mark.django_db(transaction=True)
def test_what_the_database_alone_refuses_costs_that_row_and_no_other(take: Callable[..., Summary]) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("ALTER TABLE users ADD CONSTRAINT no_such_name CHECK (name <> '회원2')")
        try:
            summary = take(numbered(1), numbered(2), numbered(2), numbered(3))
        finally:
            cursor.execute("ALTER TABLE users DROP CONSTRAINT no_such_name")
    assert counts(summary) == (2, 0, 2)
    assert summary.rejects_file is not None
    reasons = [row[2] for row in read_rows(Path(summary.rejects_file))[1:]]
    assert "no_such_name" in reasons[0]
    assert list(User.objects.order_by("phone").values_list("name", flat=True)) == ["회원1", "회원3"]
