"""Approve, refuse, reopen, expire."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from users.models import Action, DocumentStatus, DocumentType, RejectReason, UserAccessAudit, UserDocument
from users.models.document_kinds import VALID_DAYS, usual_expiry
from users.models.status import VerbRefusedError
from users.tests.reviewing import as_shown, days_from_now, handed_in, records_of
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.demo.population import papers

pytestmark = pytest.mark.django_db

# A row's version is its transaction's, and most tests are one transaction.
in_transactions = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

APPROVE = lambda document, by: document.approve(by=by)  # noqa: E731
REJECT = lambda document, by: document.reject(by=by, reason="unreadable", note="흐립니다.")  # noqa: E731
REOPEN = lambda document, by: document.reopen(by=by)  # noqa: E731


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


@pytest.fixture
def document(member):
    return handed_in(member)


class TestApproving:
    def test_who_when_and_until_when(self, document, reviewer):
        assert document.approve(by=reviewer, expires_on=days_from_now(30)) is True
        row = UserDocument.objects.get(pk=document.pk)
        assert (row.status, row.reviewed_by, row.expires_on) == ("approved", reviewer.pk, days_from_now(30))
        assert timezone.now() - row.reviewed_at < timedelta(minutes=1)
        record = records_of(document)[0]
        assert (record.action, record.actor_id, record.resource_type) == (Action.APPROVE, reviewer.pk, "user_documents")
        assert record.detail["status"] == ["pending", "approved"]
        assert record.detail["expires_on"] == [None, days_from_now(30).isoformat()]

    @pytest.mark.parametrize("kind", DocumentType.values)
    def test_by_default_as_long_as_is_usual_for_the_kind(self, member, reviewer, kind):
        document = handed_in(member, kind)
        document.approve(by=reviewer)
        assert document.expires_on == (days_from_now(VALID_DAYS[kind]) if kind in VALID_DAYS else None)

    def test_what_the_app_said_about_its_validity_stands(self, member, reviewer):
        document = handed_in(member, expires_on=days_from_now(7))
        document.approve(by=reviewer)
        assert document.expires_on == days_from_now(7)

    def test_a_day_that_is_over_is_refused_and_today_is_not(self, document, reviewer):
        with pytest.raises(VerbRefusedError, match=str(days_from_now(-1).year)):
            document.approve(by=reviewer, expires_on=days_from_now(-1))
        assert UserDocument.objects.get(pk=document.pk).status == "pending"
        document.approve(by=reviewer, expires_on=days_from_now(0))
        assert document.status == "approved"

    def test_what_has_waited_too_long_needs_a_day(self, member, reviewer):
        document = handed_in(member, "employment", created_at=timezone.now() - timedelta(days=400))
        with pytest.raises(VerbRefusedError):
            document.approve(by=reviewer)

    def test_an_earlier_refusal_is_forgotten(self, document, reviewer):
        REJECT(document, reviewer)
        document.approve(by=reviewer)
        assert (document.status, document.reject_reason, document.reject_note) == ("approved", None, None)

    def test_the_validity_is_the_one_of_the_demo(self):
        assert dict(VALID_DAYS) == papers.VALID_DAYS

    def test_a_kind_that_the_console_does_not_know_is_for_good(self):
        assert usual_expiry("military_service", days_from_now(0)) is None


class TestRefusing:
    @pytest.mark.parametrize("reason", RejectReason.values)
    def test_reason_and_note_are_kept_and_recorded(self, document, reviewer, reason):
        assert document.reject(by=reviewer, reason=reason, note="다시 올려 주세요.") is True
        row = UserDocument.objects.get(pk=document.pk)
        assert (row.status, row.reject_reason, row.reject_note) == ("rejected", reason, "다시 올려 주세요.")
        assert row.reviewed_by == reviewer.pk
        record = records_of(document)[0]
        assert (record.action, record.reason) == (Action.REJECT, reason)
        assert record.detail["reject_note"] == [None, "다시 올려 주세요."]

    def test_no_note_is_none(self, document, reviewer):
        document.reject(by=reviewer, reason="unreadable")
        assert document.reject_note is None

    @pytest.mark.parametrize("note", ["", "  \n"])
    def test_another_reason_needs_a_note(self, document, reviewer, note):
        with pytest.raises(VerbRefusedError):
            document.reject(by=reviewer, reason="other", note=note)

    def test_an_unknown_reason_is_a_mistake_of_the_caller(self, document, reviewer):
        with pytest.raises(ValueError, match="ugly"):
            document.reject(by=reviewer, reason="ugly")

    def test_an_approval_can_be_turned_into_a_refusal(self, document, reviewer):
        document.approve(by=reviewer)
        REJECT(document, reviewer)
        assert (document.status, document.expires_on) == ("rejected", None)


@pytest.mark.parametrize("decide", [APPROVE, REJECT])
def test_reopening_takes_everything_back(document, reviewer, decide):
    decide(document, reviewer)
    assert document.reopen(by=reviewer) is True
    fields = ("status", "reviewed_by", "reviewed_at", "reject_reason", "reject_note", "expires_on")
    assert [getattr(UserDocument.objects.get(pk=document.pk), name) for name in fields] == ["pending", *[None] * 5]
    assert records_of(document)[0].action == Action.UPDATE


@pytest.mark.parametrize("act", [APPROVE, REJECT])
def test_deciding_the_same_again_changes_and_records_nothing(document, reviewer, manager, act):
    assert act(document, reviewer) is True
    assert act(document, manager) is False
    assert document.reviewed_by == reviewer.pk
    assert len(records_of(document)) == 1


def test_reopening_what_waits_changes_nothing(document, reviewer):
    assert document.reopen(by=reviewer) is False
    assert records_of(document) == []


def test_another_decision_of_the_same_kind_is_not_swallowed(document, reviewer):
    document.approve(by=reviewer)
    with pytest.raises(VerbRefusedError):
        document.approve(by=reviewer, expires_on=days_from_now(1))
    REJECT(document, reviewer)
    with pytest.raises(VerbRefusedError):
        document.reject(by=reviewer, reason="name_mismatch")


@pytest.mark.parametrize("status", ["expired", "archived"])
@pytest.mark.parametrize("act", [APPROVE, REJECT])
def test_a_decision_is_refused_where_there_is_none_to_make(member, reviewer, act, status):
    document = handed_in(member, status=status)
    with pytest.raises(VerbRefusedError):
        act(document, reviewer)


@pytest.mark.parametrize("act", [APPROVE, REJECT, REOPEN])
def test_nothing_is_decided_on_what_is_deleted(document, reviewer, act):
    document.soft_delete(by=reviewer)
    with pytest.raises(VerbRefusedError):
        act(document, reviewer)


@pytest.mark.parametrize("act", [APPROVE, REJECT, REOPEN])
def test_nothing_is_decided_about_a_deleted_member(document, member, reviewer, act):
    member.soft_delete(by=reviewer)
    UserDocument.all_objects.filter(pk=document.pk).restore()
    with pytest.raises(VerbRefusedError):
        act(document, reviewer)


def test_a_document_is_not_restored_without_its_member(document, member, reviewer):
    member.soft_delete(by=reviewer)
    document = UserDocument.all_objects.get(pk=document.pk)
    with pytest.raises(VerbRefusedError):
        document.undelete(by=reviewer)


def test_change_and_record_stand_and_fall_together(document, reviewer, monkeypatch):
    def fail(*_arguments, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr(UserAccessAudit, "record", fail)
    with pytest.raises(ZeroDivisionError):
        document.approve(by=reviewer)
    assert UserDocument.objects.get(pk=document.pk).status == "pending"


@in_transactions
@pytest.mark.parametrize(
    "act",
    [
        lambda document, by, version: document.approve(by=by, version=version),
        lambda document, by, version: document.reject(by=by, reason="unreadable", version=version),
    ],
)
def test_a_decision_on_something_else_than_was_shown_is_a_conflict(member, reviewer, act):
    document = as_shown(handed_in(member))
    version = document.row_version
    UserDocument.objects.filter(pk=document.pk).update(s3_key="tests/another.pdf")
    with pytest.raises(RowConflictError):
        act(document, reviewer, version)
    assert UserDocument.objects.get(pk=document.pk).status == "pending"
    assert records_of(document) == []
    assert act(document, reviewer, as_shown(document).row_version) is True


class TestExpiring:
    def expiring(self, member, days, status="approved"):
        return handed_in(member, status=status, expires_on=days_from_now(days))

    def test_after_its_last_day_and_not_on_it(self, member):
        over, last_day = self.expiring(member, -1), self.expiring(member, 0)
        assert (over.expire(), last_day.expire()) == (True, False)
        assert (over.status, last_day.status) == ("expired", "approved")
        record = records_of(over)[0]
        assert (record.action, record.actor_id) == (Action.UPDATE, "system")
        assert record.detail == {"status": ["approved", "expired"]}

    def test_only_once_and_only_what_is_approved(self, member):
        document = self.expiring(member, -1)
        document.expire()
        assert document.expire() is False
        assert self.expiring(member, -1, status="rejected").expire() is False

    def test_reopening_is_its_inverse(self, member, reviewer):
        document = self.expiring(member, -1)
        document.expire()
        document.reopen(by=reviewer)
        assert (document.status, document.expires_on) == ("pending", None)


class TestScopes:
    def test_what_waits_is_live_and_comes_oldest_first(self, make_member, member, reviewer):
        newer = handed_in(member)
        older = handed_in(member, created_at=timezone.now() - timedelta(days=1))
        handed_in(member, status="approved")
        handed_in(member).soft_delete(by=reviewer)
        deleted = make_member()
        orphan = handed_in(deleted)
        deleted.soft_delete(by=reviewer)
        UserDocument.all_objects.filter(pk=orphan.pk).restore()
        assert list(UserDocument.objects.waiting()) == [older, newer]

    def test_what_has_outlived_its_last_day(self, member):
        over = handed_in(member, status="approved", expires_on=days_from_now(-1))
        handed_in(member, status="approved", expires_on=days_from_now(0))
        handed_in(member, status="approved")
        handed_in(member, status=DocumentStatus.PENDING, expires_on=days_from_now(-1))
        assert list(UserDocument.objects.lapsed(timezone.localdate())) == [over]

    @pytest.mark.parametrize(
        ("rows", "index"),
        [
            (lambda: UserDocument.objects.waiting()[:50], "console_documents_waiting"),
            (lambda: UserDocument.objects.lapsed(timezone.localdate())[:50], "console_documents_lapsing"),
        ],
    )
    def test_each_is_served_by_its_index_in_order(self, rows, index):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows().explain()
        assert index in plan
        assert "Sort" not in plan
