"""The console's index follows whatever anybody writes to members and profiles."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from users.models import MemberSearch, User
from users.tests.searching import execute, found, index_is_right, indexed, insert_member, insert_profile

pytestmark = pytest.mark.django_db


def test_a_member_inserted_by_sql_is_found_at_once() -> None:
    key = insert_member("김철수", phone="01012345678", email="Kim@Naver.com", deleted_at=None)
    assert found("철수") == found("5678") == found("kim@") == found("@naver.com") == {key}
    entry = indexed(key)
    assert (entry["name_key"], entry["email_key"], entry["domain_key"]) == ("김철수", "kim@naver.com", "naver.com")
    assert (entry["status"], entry["gender"], entry["birth_year"]) == ("approved", "male", 1990)
    assert (entry["is_deleted"], entry["district"], entry["education"]) == (False, None, None)
    assert entry["created_at"] == datetime(2026, 1, 1, tzinfo=UTC)
    assert index_is_right()


@pytest.mark.parametrize(
    ("column", "value", "copy", "expected"),
    [
        ("name", "Kim 영희", "name_key", "kim영희"),
        ("phone", "01099998888", "phone", "01099998888"),
        ("email", "New@Daum.net", "email_key", "new@daum.net"),
        ("email", "New@Daum.net", "domain_key", "daum.net"),
        ("email", None, "domain_key", None),
        ("email", "no address", "domain_key", None),
        ("status", "dormant", "status", "dormant"),
        ("gender", "female", "gender", "female"),
        ("birth_year", 2001, "birth_year", 2001),
        ("created_at", "2020-02-29 12:00:00", "created_at", datetime(2020, 2, 29, 12, tzinfo=UTC)),
        ("deleted_at", "2026-02-02 00:00:00", "is_deleted", True),
    ],
)
def test_a_column_updated_by_sql_is_followed(column: str, value: Any, copy: str, expected: Any) -> None:
    key = insert_member("김철수", email="kim@naver.com")
    other = insert_member("박민수", email="park@naver.com")
    before = indexed(other)
    execute(f"UPDATE users SET {column} = %s WHERE id = %s", value, key)  # noqa: S608
    assert indexed(key)[copy] == expected
    assert indexed(other) == before
    assert index_is_right()


def test_a_renamed_member_is_found_by_the_new_name_alone() -> None:
    key = insert_member("김철수", phone="01012345678")
    execute("UPDATE users SET name = '이영희', phone = '01000001111' WHERE id = %s", key)
    assert found("영희") == found("1111") == {key}
    assert found("철수") == found("5678") == set()


def test_a_change_of_what_is_not_indexed_writes_nothing() -> None:
    key = insert_member("김철수")
    before = version(key)
    with transaction.atomic():
        execute("UPDATE users SET is_admin = true, updated_at = '2026-05-05', kakao_id = 'k' WHERE id = %s", key)
    assert version(key) == before


def version(key: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text, xmin::text FROM console_member_search WHERE user_id = %s", [key])
        return cursor.fetchone()


def test_a_profile_written_after_the_member_is_followed() -> None:
    key = insert_member("김철수")
    insert_profile(key, district="서울 강남구", education="bachelor")
    assert (indexed(key)["district"], indexed(key)["education"]) == ("서울 강남구", "bachelor")
    execute("UPDATE user_profiles SET district = NULL, education = 'master' WHERE user_id = %s", key)
    assert (indexed(key)["district"], indexed(key)["education"]) == (None, "master")
    assert index_is_right()


def test_a_member_changed_after_the_profile_keeps_it() -> None:
    key = insert_member("김철수")
    insert_profile(key, district="서울 강남구")
    execute("UPDATE users SET name = '이영희', status = 'suspended' WHERE id = %s", key)
    entry = indexed(key)
    assert (entry["district"], entry["status"], entry["name_key"]) == ("서울 강남구", "suspended", "이영희")


def test_member_and_profile_in_one_transaction_are_followed() -> None:
    with transaction.atomic():
        key = insert_member("김철수")
        insert_profile(key, district="부산 해운대구")
    assert indexed(key)["district"] == "부산 해운대구"


def test_deleting_and_restoring_softly_hide_and_show(make_member: Callable[..., User]) -> None:
    member = make_member(name="김철수")
    member.soft_delete(by=None)
    assert found("철수") == set()
    assert MemberSearch.objects.deleted().values_list("user_id", flat=True).get() == member.pk
    member.undelete(by=None)
    assert found("철수") == {member.pk}


def test_a_member_destroyed_for_good_leaves_no_entry() -> None:
    key, other = insert_member("김철수"), insert_member("박민수")
    execute("DELETE FROM users WHERE id = %s", key)
    assert list(MemberSearch.objects.values_list("user_id", flat=True)) == [other]


def test_many_members_in_one_statement_are_followed() -> None:
    keys = [insert_member(name) for name in ("김하나", "이두리", "박세나")]
    execute("UPDATE users SET name = name || '님', status = 'suspended'")
    assert found("나님") == {keys[0], keys[2]}
    assert index_is_right()


def test_an_upsert_is_followed() -> None:
    key = insert_member("김철수", phone="01012345678")
    statement = """
        INSERT INTO users (id, phone, name, gender, birth_year, status, is_admin, created_at)
        VALUES (%s, '01012345678', %s, 'male', 1990, 'approved', false, '2026-01-01')
        ON CONFLICT (phone) DO UPDATE SET name = excluded.name
    """
    execute(statement, "usr_" + "1" * 26, "이영희")
    assert found("영희") == {key}
    assert index_is_right()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
@pytest.mark.parametrize("column_type", ["timestamp", "timestamptz"])
def test_the_writers_time_zone_does_not_matter(zone: str, column_type: str) -> None:
    if column_type == "timestamptz":
        make_aware()
    execute(f"SET LOCAL TIME ZONE '{zone}'")
    written = {"timestamp": "2026-01-01 00:00:00", "timestamptz": "2026-01-01 00:00:00+00"}[column_type]
    key = insert_member("김철수", created_at=written)
    assert indexed(key)["created_at"] == datetime(2026, 1, 1, tzinfo=UTC)
    assert index_is_right()


def make_aware() -> None:
    execute("ALTER TABLE users ALTER COLUMN created_at TYPE timestamptz USING created_at AT TIME ZONE 'UTC'")


def test_the_backend_can_still_change_the_types_of_its_columns_and_go_on_writing() -> None:
    key = insert_member("김철수")
    insert_profile(key, district="서울 강남구")
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    make_aware()
    execute("ALTER TABLE users ALTER COLUMN name TYPE text")
    execute("ALTER TABLE user_profiles ALTER COLUMN district TYPE varchar(200)")
    execute("ALTER TABLE users ADD COLUMN nickname varchar")
    execute("UPDATE users SET name = '이영희', created_at = '2026-03-01 00:00:00+09' WHERE id = %s", key)
    execute("UPDATE user_profiles SET district = '제주 제주시' WHERE user_id = %s", key)
    entry = indexed(key)
    assert (entry["name_key"], entry["district"]) == ("이영희", "제주 제주시")
    assert entry["created_at"] == datetime(2026, 2, 28, 15, tzinfo=UTC)
    assert found("영희") == {key}


@pytest.mark.parametrize("is_analysed", [False, True])
def test_changing_all_members_after_one_takes_no_longer_for_it(is_analysed: bool) -> None:
    """PL/pgSQL keeps the plan of the first statement of a session, made for a single row.

    A plan that compares each row with each takes minutes for this many. It comes easily to a planner who has been told
    that there are no members yet: autovacuum tells it, some minutes after it was so.
    """
    if is_analysed:
        execute("ANALYZE console_member_search")
        insert_profile(insert_member("김철수"), district="서울 강남구")
    execute(
        """INSERT INTO users (id, phone, name, gender, birth_year, status, is_admin, created_at)
        SELECT 'usr_' || lpad(n::text, 26, '0'), n::text, '김', 'male', 1990, 'approved', false, '2026-01-01'
        FROM generate_series(1, 15000) n"""
    )
    execute("INSERT INTO user_profiles (id, user_id) SELECT id, id FROM users ON CONFLICT DO NOTHING")
    execute("UPDATE users SET is_admin = true WHERE phone = '1'")
    execute("UPDATE user_profiles SET job = 'x' WHERE user_id = 'usr_' || lpad('1', 26, '0')")
    execute("SET LOCAL statement_timeout = '30s'")
    execute("UPDATE users SET is_admin = NOT is_admin")
    execute("UPDATE user_profiles SET job = 'y'")


def test_the_planner_is_told_of_a_thousand_grams() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstattarget FROM pg_attribute "
            "WHERE attrelid = 'console_member_search'::regclass AND attname = 'grams'"
        )
        assert cursor.fetchone() == (1000,)
