"""Ending approvals whose last day is over: the command and the daily task."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from users import expiring
from users.models import UserAccessAudit, UserDocument
from users.tasks.documents import expire_documents
from users.tests.reviewing import days_from_now, handed_in, records_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents(make_member):
    member = make_member()
    return [handed_in(member, status="approved", expires_on=days_from_now(days)) for days in (-2, -1, 0)]


def statuses(documents):
    return [UserDocument.objects.get(pk=document.pk).status for document in documents]


def run(*arguments):
    written = StringIO()
    call_command("expire_documents", *arguments, stdout=written)
    return written.getvalue().strip()


def test_what_is_over_expires_by_the_system(documents):
    assert json.loads(run("--json")) == {"lapsed": 2, "expired": 2, "dry_run": False}
    assert statuses(documents) == ["expired", "expired", "approved"]
    assert [row.actor_id for row in records_of(documents[0])] == ["system"]


def test_a_dry_run_only_counts(documents):
    assert json.loads(run("--json", "--dry-run")) == {"lapsed": 2, "expired": 0, "dry_run": True}
    assert "2" in run("--dry-run")
    assert statuses(documents) == ["approved"] * 3
    assert not UserAccessAudit.objects.exists()


def test_again_there_is_nothing_to_do(documents):
    assert "2" in run()
    assert "0" in run()


def test_the_queue_does_the_same(documents):
    expire_documents(timestamp=0)
    assert statuses(documents) == ["expired", "expired", "approved"]


def test_what_is_deleted_in_the_meantime_is_left_alone(documents, reviewer):
    ending = expiring.DOCUMENTS.expire()
    assert next(ending) == (documents[0].pk, True)
    documents[1].soft_delete(by=reviewer)
    assert list(ending) == [(documents[1].pk, False)]


def test_a_database_that_fails_is_said(documents, monkeypatch):
    def fail(*_arguments, **_named):
        raise DatabaseError("gone")

    monkeypatch.setattr(UserDocument, "expire", fail)
    with pytest.raises(CommandError, match="gone") as stopped:
        run()
    assert stopped.value.returncode == 2
