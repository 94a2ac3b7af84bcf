"""The access record is destroyed when its time is over, and by nobody before."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from users.audit import retention
from users.audit.retention import destroy_access_record, past_retention, years_ago
from users.models import Action, UserAccessAudit

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def row(action, when):
    UserAccessAudit.objects.bulk_create([UserAccessAudit(actor_id="system", action=action, created_at=when)])
    return UserAccessAudit.objects.get(action=action, created_at=when).pk


@pytest.fixture
def kept():
    return {
        row(Action.VIEW, timezone.now()),
        row(Action.VIEW, years_ago(2) + DAY),
        row(Action.PERMISSION_CHANGE, years_ago(3) + DAY),
        row(Action.INSPECT, years_ago(2) - DAY),
    }


@pytest.fixture
def over():
    return {
        row(Action.VIEW, years_ago(2) - DAY),
        row(Action.EXPORT, years_ago(9)),
        row(Action.PERMISSION_CHANGE, years_ago(3) - DAY),
    }


def execute(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def test_what_is_over_is_destroyed_and_nothing_else(kept, over):
    assert set(past_retention().values_list("pk", flat=True)) == over
    assert sum(destroy_access_record()) == 3
    left = set(UserAccessAudit.objects.exclude(action=Action.PURGE).values_list("pk", flat=True))
    assert left == kept
    told = UserAccessAudit.objects.get(action=Action.PURGE)
    assert (told.actor_id, told.resource_type, told.detail["rows"]) == ("system", "user_access_audits", 3)


def test_where_nothing_is_over_nothing_is_told(kept):
    assert sum(destroy_access_record()) == 0
    assert not UserAccessAudit.objects.filter(action=Action.PURGE).exists()


def test_batches_follow_each_other(over, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    assert list(destroy_access_record()) == [2, 1]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
@pytest.mark.parametrize(
    ("action", "age", "is_over"),
    [
        (Action.VIEW, timedelta(hours=1), True),
        (Action.VIEW, -timedelta(hours=1), False),
        (Action.REVEAL, -365 * DAY, False),
        (Action.PERMISSION_CHANGE, timedelta(hours=1), False),
    ],
)
def test_the_database_knows_the_time_too(action, age, is_over, zone):
    key = row(action, years_ago(2) - age)
    execute("SELECT set_config('TimeZone', %s, true)", zone)
    if is_over:
        assert execute("DELETE FROM user_access_audits WHERE id = %s", key) == 1
    else:
        with pytest.raises(DatabaseError, match="append only"):
            execute("DELETE FROM user_access_audits WHERE id = %s", key)


def test_what_is_over_is_not_rewritten_either(over):
    with pytest.raises(DatabaseError, match="append only"):
        execute("UPDATE user_access_audits SET reason = 'x'")


def test_the_command_counts_first_and_then_destroys(kept, over, capsys):
    call_command("purge_access_record", "--dry-run", "--json")
    assert capsys.readouterr().out.strip() == '{"to_destroy": 3}'
    call_command("purge_access_record")
    assert "destroyed: 3" in capsys.readouterr().out
    assert not past_retention().exists()
