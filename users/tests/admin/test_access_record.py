"""The access record can be read in the admin, and nothing else."""

import pytest

from users.models import UserAccessAudit
from users.tests.admin.desk import page

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


@pytest.fixture
def line(desk, full_member):
    desk.open(full_member)
    return UserAccessAudit.objects.filter(action="view").get()


def test_it_is_shown_without_anything_to_change(desk, line):
    shown = desk.open(line)
    assert line.user_id in shown.text
    assert 'name="_save"' not in shown.text
    assert 'name="action"' not in shown.text.split("<main")[1]


def test_it_cannot_be_added_to_changed_or_deleted(desk, line):
    assert desk.get(page(UserAccessAudit, "add")).status_code == 403
    assert desk.client.post(page(UserAccessAudit, "add"), {"action": "view"}).status_code == 403
    assert desk.client.post(page(UserAccessAudit, "change", line.pk), {"action": "search"}).status_code == 403
    assert desk.client.post(page(UserAccessAudit, "delete", line.pk), {"post": "yes"}).status_code == 403
    line.refresh_from_db()
    assert line.action == "view"


def test_it_is_filtered_by_action_also_one_that_the_console_does_not_know(desk, line):
    assert desk.rows(UserAccessAudit, action__exact="view") == [line]
    odd = UserAccessAudit.record("teleport", by=None)
    assert desk.rows(UserAccessAudit, action__exact="teleport") == [odd]


def test_looking_at_it_is_recorded(desk, line, recorded):
    desk.open(line)
    assert [row.resource_type for row in recorded(action="view", user_id=line.user_id)] == [
        "users",
        "user_access_audits",
    ]
