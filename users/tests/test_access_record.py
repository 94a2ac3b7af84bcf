"""The access record: complete, masked, written once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from users.models import Action, User, UserAccessAudit
from users.models.access import masked_changes
from users.models.written_once import AppendOnlyError
from ygs_admin.db.querysets import DeletionRefusedError
from ygs_admin.staff.models import Staff
from ygs_admin.web.origin import Origin, originating

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(manager: Staff) -> UserAccessAudit:
    return UserAccessAudit.record(Action.VIEW, by=manager, user_id="usr_x")


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_row_says_who_from_where_and_of_whom(manager: Staff) -> None:
    with originating(Origin("203.0.113.7", "Firefox", "01HQ5K3NXYZ0123456789ABCDE")):
        written = UserAccessAudit.record(Action.REVEAL, by=manager, user_id="usr_x", reason="전화 상담")
    row = UserAccessAudit.objects.get(pk=written.pk)
    assert (row.actor_id, row.actor_name, row.action, row.user_id) == (manager.pk, manager.name, "reveal", "usr_x")
    assert (row.ip_address, row.user_agent, row.request_id) == ("203.0.113.7", "Firefox", "01HQ5K3NXYZ0123456789ABCDE")
    assert (row.reason, row.created_at.tzinfo is not None) == ("전화 상담", True)


def test_outside_a_request_there_is_no_origin_and_nobody_is_the_system() -> None:
    row = UserAccessAudit.record(Action.UPDATE, by=None)
    assert (row.actor_id, row.actor_name) == ("system", None)
    assert (row.ip_address, row.user_agent, row.request_id) == (None, None, None)


def test_the_name_of_the_actor_is_the_one_of_then(manager: Staff, row: UserAccessAudit) -> None:
    then = manager.name
    manager.name = "새이름"
    manager.save()
    assert UserAccessAudit.objects.get(pk=row.pk).actor_name == then


def test_one_row_is_written_for_each_data_subject_in_few_statements(manager: Staff) -> None:
    subjects = [f"usr_{number}" for number in range(2500)]
    with CaptureQueriesContext(connection) as queries:
        UserAccessAudit.record_each(Action.MATCH, subjects, by=manager, reason="회차")
    assert len([query for query in queries if query["sql"].startswith("INSERT")]) == 3
    rows = UserAccessAudit.objects.filter(action="match", reason="회차", actor_id=manager.pk)
    assert sorted(rows.values_list("user_id", flat=True)) == sorted(subjects)


def test_a_page_is_one_row_that_names_everybody(manager: Staff) -> None:
    UserAccessAudit.record_page(Action.SEARCH, (f"usr_{n}" for n in range(3)), by=manager, asked={"q": "김"})
    row = UserAccessAudit.objects.get()
    assert row.user_id is None
    assert row.detail == {"asked": {"q": "김"}, "user_ids": ["usr_0", "usr_1", "usr_2"]}
    assert UserAccessAudit.objects.filter(detail__user_ids__contains="usr_1").get() == row


def test_the_history_of_a_member_is_the_newest_first(manager: Staff) -> None:
    written = [UserAccessAudit.record(Action.VIEW, by=manager, user_id="usr_x").pk for _ in range(3)]
    UserAccessAudit.record(Action.VIEW, by=manager, user_id="usr_y")
    assert [row.pk for row in UserAccessAudit.objects.about("usr_x")] == written[::-1]


def test_a_row_outlives_the_member_it_speaks_of(make_member: Callable[..., User], manager: Staff) -> None:
    member = make_member()
    UserAccessAudit.record(Action.VIEW, by=manager, user_id=member.pk)
    for table in ("user_profiles", "user_lifestyles", "user_preferences"):
        execute(f"DELETE FROM {table}")  # noqa: S608
    execute("DELETE FROM users")
    assert UserAccessAudit.objects.about(member.pk).count() == 1


def test_a_row_stands_and_falls_with_its_transaction(manager: Staff) -> None:
    with transaction.atomic():
        UserAccessAudit.record(Action.VIEW, by=manager)
        transaction.set_rollback(True)
    assert UserAccessAudit.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "values", "kept"),
    [
        ("phone", ("01012345678", "01087654321"), ["010-****-5678", "010-****-4321"]),
        ("email", ("kim.cs@naver.com", None), ["k***@naver.com", None]),
        ("kakao_id", ("kakao_8213", "x"), ["k***", "x***"]),
        ("firebase_id", ("abcDEF", "q"), ["a***", "q***"]),
        ("name", ("김철수", "남궁민수"), ["김*수", "남**수"]),
        ("birth_year", (1990, 1991), [1990, 1991]),
        ("expires_on", (date(2026, 1, 2), None), ["2026-01-02", None]),
        ("mbti", (["INTJ"], None), [["INTJ"], None]),
    ],
)
def test_changes_are_kept_with_contact_details_masked(field: str, values: tuple[Any, Any], kept: list[Any]) -> None:
    UserAccessAudit.record(Action.UPDATE, by=None, detail=masked_changes({field: values}))
    assert UserAccessAudit.objects.get().detail == {field: kept}


def test_a_row_is_neither_changed_nor_deleted_by_the_console(row: UserAccessAudit) -> None:
    row.reason = "다른 사유"
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        UserAccessAudit.objects.filter(pk=row.pk).update(reason="다른 사유")
    with pytest.raises(AppendOnlyError), transaction.atomic():
        UserAccessAudit.objects.bulk_update([row], ["reason"])
    with pytest.raises(DeletionRefusedError):
        row.delete()
    with pytest.raises(DeletionRefusedError):
        UserAccessAudit.objects.all().delete()
    assert UserAccessAudit.objects.get().reason is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE user_access_audits SET reason = 'x'",
        "UPDATE user_access_audits SET reason = 'x' WHERE false",
        "DELETE FROM user_access_audits",
        "TRUNCATE user_access_audits",
        "INSERT INTO user_access_audits SELECT * FROM user_access_audits ON CONFLICT (id) DO UPDATE SET reason = 'x'",
        "WITH gone AS (DELETE FROM user_access_audits RETURNING *) SELECT * FROM gone",
    ],
)
def test_a_row_is_neither_changed_nor_deleted_by_sql(row: UserAccessAudit, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append only"):
        execute(statement)
    assert UserAccessAudit.objects.get().reason is None


def test_unknown_actions_of_the_backend_are_shown_as_they_stand() -> None:
    row = UserAccessAudit.record("teleport", by=None)
    assert UserAccessAudit.objects.get(pk=row.pk).get_action_display() == "teleport"
