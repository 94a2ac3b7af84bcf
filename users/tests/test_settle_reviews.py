"""`manage.py settle_reviews`."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from users.models import ReviewDecision, User
from users.review.case import load_case
from users.review.deciding import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(make_member, reviewer):
    members = [make_member(status="pending") for _ in range(2)]
    for member in members:
        case = load_case(member.pk, reviewer)
        decide(case, case.items[0], by=reviewer, verb="approve", seen=case.items[0].row_version)
    ReviewDecision.objects.filter(member=members[0]).update(final_at=timezone.now() - timedelta(seconds=1))
    return members[0]


def run(*arguments):
    out = io.StringIO()
    call_command("settle_reviews", *arguments, stdout=out)
    return out.getvalue().strip()


def status_of(member):
    return User.objects.get(pk=member.pk).status


def test_what_is_due_becomes_final_and_nothing_else(due):
    assert json.loads(run("--json")) == {"due": 1, "settled": 1, "left": 0, "dry_run": False}
    assert status_of(due) == "approved"
    assert ReviewDecision.objects.waiting().count() == 1
    assert run().startswith("결정 0건")


def test_a_dry_run_changes_nothing(due):
    assert json.loads(run("--json", "--dry-run"))["due"] == 1
    assert "1" in run("--dry-run")
    assert status_of(due) == "pending"


def test_what_fails_is_said_by_the_exit_code(due, monkeypatch):
    def fail(*_arguments, **_named):
        raise DatabaseError

    monkeypatch.setattr(User, "approve", fail)
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 1
    assert status_of(due) == "pending"
