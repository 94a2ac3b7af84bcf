"""The command `index_members`: what operators see, and what writers beside it may rely on."""

import json
import threading
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import OperationalError
from django.utils.translation import override

from users.models import MemberSearch, User, UserProfile
from users.search import rebuild
from users.tests.backend import queries, rows
from users.tests.searching import execute, found, indexed, insert_member, insert_profile
from users.tests.shared_database import create_backend_database

pytestmark = pytest.mark.django_db

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run() -> Run:
    """Run the command; return its summary and, as `exit_code`, what the shell would see."""

    def call(*options: str) -> dict[str, Any]:
        output, exit_code = StringIO(), 0
        try:
            call_command("index_members", "--json", *options, stdout=output)
        except SystemExit as ended:
            exit_code = int(str(ended.code))
        return {**json.loads(output.getvalue()), "exit_code": exit_code}

    return call


@pytest.fixture
def members() -> list[str]:
    keys = [
        insert_member(name, email=f"{name}@naver.com") for name in ("김하나", "이두리", "박세나", "최네오", "정다섯")
    ]
    for key in keys[::2]:
        insert_profile(key, district="서울 강남구", education="bachelor")
    return keys


@pytest.fixture
def damaged(members: list[str]) -> list[str]:
    """Entries that are missing, different in each column, or of nobody."""
    execute("DELETE FROM console_member_search WHERE user_id = %s", members[0])
    execute("UPDATE console_member_search SET name_key = 'x', grams = '{}' WHERE user_id = %s", members[1])
    execute("UPDATE console_member_search SET district = NULL WHERE user_id = %s", members[2])
    execute("UPDATE console_member_search SET is_deleted = true WHERE user_id = %s", members[3])
    nobody = "usr_" + "0" * 26
    columns = ", ".join(rebuild.COPIED)
    execute(
        f"INSERT INTO console_member_search (user_id, {columns}) "  # noqa: S608
        f"SELECT %s, {columns} FROM console_member_search WHERE user_id = %s",
        nobody, members[4],
    )  # fmt: skip
    return members


def entries() -> list[dict[str, Any]]:
    return list(MemberSearch.objects.order_by("user_id").values())


def test_an_index_that_the_triggers_kept_is_right(run: Run, members: list[str]) -> None:
    assert run("--check") == {"checked": 5, "missing": 0, "different": 0, "gone": 0, "exit_code": 0}


def test_check_reports_what_is_wrong_and_writes_nothing(run: Run, damaged: list[str]) -> None:
    before = entries()
    assert run("--check") == {"checked": 6, "missing": 1, "different": 3, "gone": 1, "exit_code": 1}
    assert entries() == before


@pytest.mark.parametrize("size", ["1", "2", "1000"])
def test_a_rebuild_puts_everything_right_whatever_the_size_of_its_batches(
    run: Run, damaged: list[str], size: str
) -> None:
    assert run("--batch-size", size) == {"checked": 6, "missing": 1, "different": 3, "gone": 1, "exit_code": 0}
    assert run("--check")["exit_code"] == 0
    assert found("하나") == {damaged[0]}
    assert indexed(damaged[2])["district"] == "서울 강남구"


def test_a_rebuild_writes_what_the_triggers_wrote(run: Run, members: list[str]) -> None:
    written_by_triggers = entries()
    execute("DELETE FROM console_member_search")
    assert run("--batch-size", "2")["missing"] == 5
    assert entries() == written_by_triggers


@pytest.mark.parametrize("column", rebuild.COPIED)
def test_a_difference_in_any_column_is_found(run: Run, members: list[str], column: str) -> None:
    changed = {
        "created_at": "created_at + interval '1 microsecond'", "is_deleted": "NOT is_deleted",
        "birth_year": "birth_year + 1", "grams": "grams || 1",
    }.get(column, f"coalesce({column}, '') || 'x'")  # fmt: skip
    execute(f"UPDATE console_member_search SET {column} = {changed} WHERE user_id = %s", members[1])  # noqa: S608
    assert run("--check")["different"] == 1


def test_every_column_of_the_index_is_compared() -> None:
    columns = {field.column for field in MemberSearch._meta.concrete_fields}
    assert columns == {"user_id", *rebuild.COPIED}


def test_running_it_again_writes_nothing(run: Run, damaged: list[str]) -> None:
    run()
    before = versions()
    assert run() == {"checked": 5, "missing": 0, "different": 0, "gone": 0, "exit_code": 0}
    assert versions() == before


def versions() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text, xmin::text FROM console_member_search ORDER BY user_id")
        return list(cursor.fetchall())


def test_no_members_at_all_are_no_error(run: Run) -> None:
    assert run() == {"checked": 0, "missing": 0, "different": 0, "gone": 0, "exit_code": 0}


def test_an_entry_of_nobody_is_removed_where_there_are_no_members(run: Run, members: list[str]) -> None:
    execute("ALTER TABLE users DISABLE TRIGGER console_users_removed")
    execute("DELETE FROM user_profiles")
    execute("DELETE FROM users")
    assert run() == {"checked": 5, "missing": 0, "different": 0, "gone": 5, "exit_code": 0}
    assert entries() == []


def test_deleted_members_have_entries_too(run: Run, members: list[str]) -> None:
    execute("UPDATE users SET deleted_at = '2026-02-02' WHERE id = %s", members[0])
    execute("DELETE FROM console_member_search")
    run()
    assert indexed(members[0])["is_deleted"] is True


def test_the_sentence_for_people_says_the_same(damaged: list[str]) -> None:
    def said() -> str:
        output = StringIO()
        with override("en"):
            call_command("index_members", stdout=output)
        return output.getvalue().strip()

    before = "6 members checked: 1 missing, 3 different, 1 of nobody. All of them are right now."
    after = "5 members checked: 0 missing, 0 different, 0 of nobody."
    assert (said(), said()) == (before, after)


@pytest.mark.parametrize("size", ["0", "-1", "many"])
def test_a_batch_size_that_is_none_is_refused(size: str) -> None:
    with pytest.raises(CommandError):
        call_command("index_members", "--batch-size", size)


def test_a_failing_database_is_exit_code_2_and_says_how_far_it_came(
    damaged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_batch: object) -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(rebuild, "_put_right", fail)
    with pytest.raises(CommandError) as failed:
        call_command("index_members", "--batch-size", "1")
    assert failed.value.returncode == 2
    assert "server closed the connection" in str(failed.value)


def test_an_existing_database_of_the_backends_is_filled() -> None:
    """The console comes later than its members: the tables are full and the index is empty."""
    database = create_backend_database(aware=True)
    for _ in range(3):
        database.backend.write(queries.create, rows.new_user())
    database.migrate()
    assert database.manage("index_members", "--check", "--json").returncode == 1
    filled = database.manage("index_members", "--json")
    assert (filled.returncode, json.loads(filled.stdout)["missing"]) == (0, 3)
    assert database.manage("index_members", "--check").returncode == 0


@pytest.mark.django_db(transaction=True)
class TestBesideWriters:
    """A rebuild waits for whoever is writing a member, and then writes the newer value."""

    @pytest.fixture
    def member(self, make_member: Callable[..., User]) -> User:
        """A member whose entry is missing."""
        made = make_member(name="김철수", district="서울 강남구")
        execute("DELETE FROM console_member_search")
        return made

    def rebuild_during(self, write: Callable[[], Any]) -> None:
        """Rebuild from when `write` has written until after it has committed."""
        thread = threading.Thread(target=self.rebuild)
        with transaction.atomic():
            write()
            execute("DELETE FROM console_member_search")
            thread.start()
            thread.join(timeout=0.5)
            assert thread.is_alive(), "the rebuild did not wait for the writer"
        thread.join(timeout=10)
        assert not thread.is_alive()

    def rebuild(self) -> None:
        try:
            list(rebuild.rebuild())
        finally:
            connection.close()

    def test_a_change_of_the_member_that_is_not_committed_yet_is_kept(self, member: User) -> None:
        self.rebuild_during(lambda: User.objects.filter(pk=member.pk).update(name="이영희"))
        assert indexed(member.pk)["name_key"] == "이영희"

    def test_a_change_of_the_profile_that_is_not_committed_yet_is_kept(self, member: User) -> None:
        self.rebuild_during(lambda: UserProfile.objects.filter(user=member).update(district="제주 제주시"))
        assert indexed(member.pk)["district"] == "제주 제주시"

    def test_a_profile_that_is_not_committed_yet_is_kept(self) -> None:
        key = insert_member("김철수")
        execute("DELETE FROM console_member_search")

        def write() -> None:
            # The backend's foreign keys are checked at once; those that Django makes wait for the commit.
            execute("SET CONSTRAINTS ALL IMMEDIATE")
            insert_profile(key, district="제주 제주시")

        self.rebuild_during(write)
        assert indexed(key)["district"] == "제주 제주시"

    def test_an_entry_that_is_right_is_not_locked(self, make_member: Callable[..., User]) -> None:
        member = make_member(name="김철수")
        thread = threading.Thread(target=self.rebuild)
        with transaction.atomic():
            User.objects.filter(pk=member.pk).update(kakao_id="k")
            thread.start()
            thread.join(timeout=10)
            assert not thread.is_alive()
