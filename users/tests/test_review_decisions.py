"""Decisions: undone while they wait, final once, refused where the case has changed."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from users.models import (
    Action,
    DocumentStatus,
    ReviewClaim,
    ReviewDecision,
    User,
    UserAccessAudit,
    UserDocument,
    UserProfile,
)
from users.models.review_claim import CaseHeldError
from users.models.status import VerbRefusedError
from users.review.case import load_case
from users.review.deciding import AlreadyDecidedError, decide, settle_due
from users.tasks.review import apply_decision, sweep_review
from users.tests.reviewing import handed_in
from users.tests.test_search_triggers_together import in_thread
from ygs_admin.testing.personas import make_staff
from ygs_admin.web.origin import Origin, originating

pytestmark = pytest.mark.django_db

# A row's version is its transaction's, and most tests are one transaction.
in_transactions = pytest.mark.django_db(transaction=True)

SENTENCE = "사진이 흐려 확인하지 못했습니다."
HERE = Origin("10.0.0.7", "Chromium", "01J9ZZZZZZZZZZZZZZZZZZZZZZ")


@pytest.fixture
def member(make_member):
    return make_member(name="김철수", status="pending")


@pytest.fixture
def document(member):
    return handed_in(member)


def decide_first(member, by, verb="approve", **said):
    """Decide about the first thing of the case that waits, as its page shows it now."""
    case = load_case(member.pk, by)
    item = case.items[0]
    return decide(case, item, by=by, verb=verb, seen=item.row_version, **said)


def make_due():
    ReviewDecision.objects.waiting().update(final_at=timezone.now() - timedelta(seconds=1))


def settle():
    make_due()
    return list(settle_due())


def jobs_of(decision):
    return list(ProcrastinateJob.objects.filter(args={"decision_id": decision.pk}))


def outcome_of(decision):
    return ReviewDecision.objects.get(pk=decision.pk).outcome


def status_of(row):
    return type(row).all_objects.get(pk=row.pk).status


def test_nothing_is_written_before_it_is_final(member, reviewer):
    decision = decide_first(member, reviewer)
    assert apply_decision(decision.pk) is None
    assert list(settle_due()) == []
    assert (status_of(member), outcome_of(decision)) == ("pending", "waiting")
    assert not UserAccessAudit.objects.exists()


def test_an_approved_sign_up_is_final_as_its_reviewers_deed(member, reviewer):
    with originating(HERE):
        decision = decide_first(member, reviewer)
    assert settle() == [decision.pk]
    assert (status_of(member), outcome_of(decision)) == ("approved", "applied")
    row = UserAccessAudit.objects.get()
    assert (row.action, row.actor_id, row.user_id) == (Action.APPROVE, reviewer.pk, member.pk)
    assert (row.ip_address, row.user_agent, row.request_id) == (HERE.ip_address, HERE.user_agent, HERE.request_id)


def test_a_rejected_sign_up_says_why(member, reviewer):
    decide_first(member, reviewer, "reject", reason="unsuitable_photos", note=SENTENCE)
    settle()
    assert status_of(member) == "rejected"
    assert UserAccessAudit.objects.get(action=Action.REJECT).reason == SENTENCE


def test_a_document_is_approved_until_a_day(document, member, reviewer):
    until = timezone.localdate() + timedelta(days=30)
    decide_first(member, reviewer, expires_on=until)
    settle()
    row = UserDocument.objects.get(pk=document.pk)
    assert (row.status, row.expires_on, row.reviewed_by) == (DocumentStatus.APPROVED, until, reviewer.pk)


def test_a_document_is_refused_for_a_reason_and_with_a_sentence(document, member, reviewer):
    decide_first(member, reviewer, "reject", reason="unreadable", note=SENTENCE)
    settle()
    row = UserDocument.objects.get(pk=document.pk)
    assert (row.status, row.reject_reason, row.reject_note) == (DocumentStatus.REJECTED, "unreadable", SENTENCE)


def test_the_case_is_let_go_of_with_its_last_item(document, member, reviewer):
    decide_first(member, reviewer)
    assert ReviewClaim.objects.of(reviewer).get().member_id == member.pk
    decide_first(member, reviewer)
    assert not ReviewClaim.objects.exists()


def test_undone_in_time_nothing_has_happened(member, reviewer):
    decision = decide_first(member, reviewer)
    assert decision.undo() is True
    assert decision.undo() is False
    assert settle() == []
    assert (status_of(member), outcome_of(decision)) == ("pending", "undone")
    assert not UserAccessAudit.objects.exists()
    assert decide_first(member, reviewer)


def test_what_is_final_is_not_undone(member, reviewer):
    decision = decide_first(member, reviewer)
    settle()
    with pytest.raises(VerbRefusedError):
        decision.undo()
    assert (status_of(member), outcome_of(decision)) == ("approved", "applied")


def test_a_task_of_its_own_makes_it_final(member, reviewer):
    decision = decide_first(member, reviewer)
    (job,) = jobs_of(decision)
    assert job.scheduled_at > timezone.now()
    make_due()
    apply_decision(**job.args)
    apply_decision(**job.args)
    assert status_of(member) == "approved"
    assert UserAccessAudit.objects.filter(action=Action.APPROVE).count() == 1


def test_a_decision_that_is_not_committed_leaves_no_task(member, reviewer):
    with transaction.atomic():
        decision = decide_first(member, reviewer)
        assert jobs_of(decision)
        transaction.set_rollback(True)
    assert not ReviewDecision.objects.exists()
    assert not jobs_of(decision)


def test_where_the_worker_was_down_the_sweep_makes_up_for_it(member, reviewer):
    decision = decide_first(member, reviewer)
    make_due()
    sweep_review(0)
    sweep_review(60)
    assert (status_of(member), outcome_of(decision)) == ("approved", "applied")


@in_transactions
def test_a_row_that_was_changed_since_refuses_it(member, reviewer):
    decision = decide_first(member, reviewer)
    User.objects.filter(pk=member.pk).update(name="이영희")
    settle()
    told = ReviewDecision.objects.untold(reviewer).get()
    assert (told.pk, told.outcome) == (decision.pk, "refused")
    assert told.message
    assert status_of(member) == "pending"
    assert load_case(member.pk, reviewer).items


@in_transactions
def test_a_document_that_was_changed_since_refuses_it(document, member, reviewer):
    decision = decide_first(member, reviewer)
    UserDocument.objects.filter(pk=document.pk).update(original_filename="x.jpg")
    settle()
    assert (status_of(document), outcome_of(decision)) == ("pending", "refused")


def test_the_verbs_refusal_is_told_in_the_reviewers_language(member, reviewer):
    decision = decide_first(member, reviewer)
    member.soft_delete(by=None)
    settle()
    assert ReviewDecision.objects.get(pk=decision.pk).message.startswith("삭제된 회원")


def test_what_was_destroyed_in_the_meantime_refuses_it(document, member, reviewer):
    decision = decide_first(member, reviewer)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM user_documents WHERE id = %s", [document.pk])
    settle()
    assert outcome_of(decision) == "refused"


@in_transactions
def test_what_does_not_touch_the_row_refuses_nothing(member, reviewer):
    decision = decide_first(member, reviewer)
    UserProfile.objects.filter(user=member).update(job="교사")
    settle()
    assert outcome_of(decision) == "applied"


def test_of_two_decisions_about_one_thing_the_first_holds(member, reviewer):
    case = load_case(member.pk, reviewer)
    again = {"by": reviewer, "seen": case.items[0].row_version}
    decide(case, case.items[0], verb="approve", **again)
    with pytest.raises(AlreadyDecidedError):
        decide(case, case.items[0], verb="reject", reason="other", note=SENTENCE, **again)
    assert ReviewDecision.objects.get().verb == "approve"


def test_a_version_that_was_not_shown_decides_nothing(member, reviewer):
    case = load_case(member.pk, reviewer)
    with pytest.raises(AlreadyDecidedError):
        decide(case, case.items[0], by=reviewer, verb="approve", seen=case.items[0].row_version + 1)
    assert not ReviewDecision.objects.exists()


def test_who_has_lost_the_case_decides_nothing(member, reviewer):
    case = load_case(member.pk, reviewer)
    ReviewClaim.objects.take_over(member.pk, by=make_staff("other", role="reviewer"))
    with pytest.raises(CaseHeldError):
        decide(case, case.items[0], by=reviewer, verb="approve", seen=case.items[0].row_version)
    assert not ReviewDecision.objects.exists()


@in_transactions
def test_many_sweeps_at_once_apply_each_decision_once(make_member, reviewer):
    for _ in range(20):
        decide_first(make_member(status="pending"), reviewer)
    make_due()
    applied = []
    threads = [in_thread(lambda: applied.extend(settle_due())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(applied) == len(set(applied)) == 20
    assert UserAccessAudit.objects.filter(action=Action.APPROVE).count() == 20


@in_transactions
def test_undoing_and_sweeping_at_once_do_one_of_both(make_member, reviewer):
    decisions = [decide_first(make_member(status="pending"), reviewer) for _ in range(20)]
    make_due()
    undone = []

    def undo_all():
        for decision in reversed(decisions):
            try:
                undone.append(decision.undo() and decision.pk)
            except VerbRefusedError:
                continue

    applied = []
    threads = [in_thread(undo_all), in_thread(lambda: applied.extend(settle_due()))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    list(settle_due())
    outcomes = dict(ReviewDecision.objects.values_list("pk", "outcome"))
    assert {key for key, outcome in outcomes.items() if outcome == "undone"} == set(undone)
    assert User.objects.filter(status="approved").count() == 20 - len(undone)
    assert UserAccessAudit.objects.filter(action=Action.APPROVE).count() == 20 - len(undone)


@in_transactions
def test_killed_while_it_is_applied_it_is_applied_later(member, reviewer, monkeypatch):
    decision = decide_first(member, reviewer)
    make_due()

    def die(*_arguments, **_named):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(ReviewDecision, "_settle", die)
        with pytest.raises(SystemExit):
            list(settle_due())
    assert (status_of(member), outcome_of(decision)) == ("pending", "waiting")
    settle()
    assert (status_of(member), outcome_of(decision)) == ("approved", "applied")
    assert UserAccessAudit.objects.filter(action=Action.APPROVE).count() == 1


def test_one_that_the_database_fails_on_does_not_hold_up_the_others(make_member, reviewer, monkeypatch):
    broken, fine = make_member(status="pending"), make_member(status="pending")
    decide_first(broken, reviewer)
    decision = decide_first(fine, reviewer)
    approve = User.approve

    def fail_for_one(self, **named):
        if self.pk == broken.pk:
            raise DatabaseError
        return approve(self, **named)

    monkeypatch.setattr(User, "approve", fail_for_one)
    assert settle() == [decision.pk]
    monkeypatch.setattr(User, "approve", approve)
    settle()
    assert status_of(broken) == "approved"


def test_what_was_settled_long_ago_is_deleted(member, reviewer):
    decide_first(member, reviewer).undo()
    assert ReviewDecision.objects.clear_settled() == 0
    ReviewDecision.objects.update(settled_at=timezone.now() - timedelta(days=8))
    sweep_review(0)
    assert not ReviewDecision.objects.exists()


def test_the_record_of_a_decision_holds_no_more_than_it_needs(member, reviewer):
    decide_first(member, reviewer)
    stored = json.dumps(ReviewDecision.objects.values().get(), default=str, ensure_ascii=False)
    assert member.name not in stored
    assert member.phone not in stored
