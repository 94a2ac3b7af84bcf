"""Deleting many rows: case 35."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from users.models import User, UserAccessAudit

pytestmark = pytest.mark.django_db

NUMBER = 10_000


@pytest.fixture
def many(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO users (id, phone, name, gender, birth_year, status, is_admin, created_at)
            SELECT 'usr_' || lpad(n::text, 26, '0'), '010' || lpad(n::text, 8, '0'), '김', 'male', 1990, 'approved',
                   false, '2026-01-01' FROM generate_series(1, %s) n""",
            [NUMBER],
        )


@pytest.mark.usefixtures("many")
def test_a_bulk_deletion_is_a_few_statements_and_one_audit_row_a_member() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert User.objects.all().soft_delete(by=None, reason="정리") == NUMBER
    audit_batches = NUMBER // 1000
    assert len(queries) <= 12 + audit_batches
    assert User.objects.count() == 0
    recorded = UserAccessAudit.objects.filter(action="delete", reason="정리")
    assert recorded.count() == recorded.values("user_id").distinct().count() == NUMBER


@pytest.mark.usefixtures("many")
def test_a_bulk_restoration_is_too() -> None:
    User.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        assert User.all_objects.all().undelete(by=None) == NUMBER
    assert len(queries) <= 12 + NUMBER // 1000
    assert User.objects.count() == NUMBER
