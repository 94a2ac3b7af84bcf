"""Approve, reject, reconsider."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from users.models import User, UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db

Act = Callable[[User, Staff], bool]

APPROVE: Act = lambda member, by: member.approve(by=by)  # noqa: E731
REJECT: Act = lambda member, by: member.reject(by=by, reason="사진 없음")  # noqa: E731
RECONSIDER: Act = lambda member, by: member.reconsider(by=by)  # noqa: E731


def recorded(member: User) -> list[dict[str, Any]]:
    rows = UserAccessAudit.objects.filter(user_id=member.pk).order_by("created_at", "id")
    return list(rows.values("action", "actor_id", "actor_name", "reason", "detail"))


@pytest.mark.parametrize(
    ("act", "before", "after", "action", "reason"),
    [
        (APPROVE, "pending", "approved", "approve", None),
        (APPROVE, "rejected", "approved", "approve", None),
        (REJECT, "pending", "rejected", "reject", "사진 없음"),
        (REJECT, "approved", "rejected", "reject", "사진 없음"),
        (RECONSIDER, "approved", "pending", "update", None),
        (RECONSIDER, "rejected", "pending", "update", None),
    ],
)
def test_a_decision_changes_the_status_and_is_recorded(
    make_member: Callable[..., User],
    reviewer: Staff,
    act: Act,
    before: str,
    after: str,
    action: str,
    reason: str | None,
) -> None:
    member = make_member(status=before)
    assert act(member, reviewer) is True
    assert member.status == User.objects.get(pk=member.pk).status == after
    assert recorded(member) == [
        {
            "action": action,
            "actor_id": reviewer.pk,
            "actor_name": reviewer.name,
            "reason": reason,
            "detail": {"status": [before, after]},
        }
    ]


@pytest.mark.parametrize(("act", "already"), [(APPROVE, "approved"), (REJECT, "rejected"), (RECONSIDER, "pending")])
def test_deciding_the_same_again_changes_and_records_nothing(
    make_member: Callable[..., User], reviewer: Staff, act: Act, already: str
) -> None:
    member = make_member(status=already)
    assert act(member, reviewer) is False
    assert recorded(member) == []
    assert User.objects.get(pk=member.pk).updated_at is None


@pytest.mark.parametrize("status", ["suspended", "withdrawn", "dormant"])
@pytest.mark.parametrize("act", [APPROVE, REJECT, RECONSIDER])
def test_a_decision_is_refused_where_there_is_none_to_make(
    make_member: Callable[..., User], reviewer: Staff, act: Act, status: str
) -> None:
    member = make_member(status=status)
    with pytest.raises(VerbRefusedError) as refused:
        act(member, reviewer)
    assert str(member.get_status_display()) in str(refused.value)
    assert (User.objects.get(pk=member.pk).status, recorded(member)) == (status, [])


@pytest.mark.parametrize("act", [APPROVE, REJECT, RECONSIDER])
def test_a_deleted_member_is_decided_about_only_once_restored(
    make_member: Callable[..., User], reviewer: Staff, act: Act
) -> None:
    member = make_member(status="pending")
    member.delete()
    with pytest.raises(VerbRefusedError):
        act(member, reviewer)
    member.restore()
    act(member, reviewer)


def test_the_row_decides_and_not_what_the_instance_was_read_as(
    make_member: Callable[..., User], reviewer: Staff
) -> None:
    member = make_member(status="pending")
    User.objects.filter(pk=member.pk).update(status="withdrawn", name="이영희")
    with pytest.raises(VerbRefusedError):
        member.approve(by=reviewer)
    User.objects.filter(pk=member.pk).update(status="rejected")
    member.approve(by=reviewer)
    assert (member.status, member.name) == ("approved", "이영희")
    assert recorded(member)[-1]["detail"] == {"status": ["rejected", "approved"]}


def test_change_and_record_stand_and_fall_together(
    make_member: Callable[..., User], reviewer: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError

    member = make_member(status="pending")
    monkeypatch.setattr(UserAccessAudit, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        member.approve(by=reviewer)
    assert User.objects.get(pk=member.pk).status == "pending"


def test_the_system_can_decide_too(make_member: Callable[..., User]) -> None:
    member = make_member(status="pending")
    member.approve(by=None)
    assert (recorded(member)[0]["actor_id"], recorded(member)[0]["actor_name"]) == ("system", None)


def test_scopes_tell_the_statuses_apart(make_member: Callable[..., User]) -> None:
    by_status = {status: make_member(status=status) for status in ("pending", "approved", "suspended", "withdrawn")}
    assert User.objects.all().pending().get() == by_status["pending"]
    assert User.objects.all().approved().get() == by_status["approved"]
    assert User.objects.all().suspended().get() == by_status["suspended"]
    assert User.objects.all().withdrawn().get() == by_status["withdrawn"]
