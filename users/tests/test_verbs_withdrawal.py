"""Withdraw and readmit."""

from collections.abc import Callable

import pytest

from users.models import User, UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "suspended"])
def test_a_withdrawal_is_recorded_with_its_reason_and_undone_to_the_status_before(
    make_member: Callable[..., User], manager: Staff, status: str
) -> None:
    member = make_member(status=status)
    assert member.withdraw(by=manager, reason="결혼") is True
    row = UserAccessAudit.objects.about(member.pk)[0]
    assert (member.status, row.reason, row.detail) == ("withdrawn", "결혼", {"status": [status, "withdrawn"]})
    assert member.readmit(by=manager) is True
    assert User.objects.get(pk=member.pk).status == status


def test_each_is_idempotent(make_member: Callable[..., User], manager: Staff) -> None:
    member = make_member(status="approved")
    member.withdraw(by=manager, reason="결혼")
    assert member.withdraw(by=manager, reason="결혼") is False
    member.readmit(by=manager)
    assert member.readmit(by=manager) is False
    assert UserAccessAudit.objects.about(member.pk).count() == 2


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "suspended", "dormant"])
def test_only_who_has_left_is_readmitted(make_member: Callable[..., User], manager: Staff, status: str) -> None:
    member = make_member(status=status)
    with pytest.raises(VerbRefusedError):
        member.readmit(by=manager)
    assert User.objects.get(pk=member.pk).status == status


def test_whoever_left_by_another_program_waits_for_a_decision_again(
    make_member: Callable[..., User], manager: Staff
) -> None:
    member = make_member(status="withdrawn")
    member.readmit(by=manager)
    assert member.status == "pending"


def test_who_left_while_suspended_is_suspended_again_and_can_then_be_reinstated(
    make_member: Callable[..., User], manager: Staff
) -> None:
    member = make_member(status="approved")
    member.suspend(by=manager, reason="신고")
    member.withdraw(by=manager, reason="탈퇴")
    member.readmit(by=manager)
    assert member.status == "suspended"
    member.reinstate(by=manager)
    assert member.status == "approved"


def test_leaving_again_after_a_return_remembers_the_latest_status(
    make_member: Callable[..., User], manager: Staff
) -> None:
    member = make_member(status="pending")
    member.withdraw(by=manager, reason="변심")
    member.readmit(by=manager)
    member.approve(by=manager)
    member.withdraw(by=manager, reason="결혼")
    member.readmit(by=manager)
    assert member.status == "approved"


def test_a_deleted_member_cannot_be_withdrawn(make_member: Callable[..., User], manager: Staff) -> None:
    member = make_member(status="approved")
    member.soft_delete(by=manager)
    with pytest.raises(VerbRefusedError):
        member.withdraw(by=manager, reason="결혼")
