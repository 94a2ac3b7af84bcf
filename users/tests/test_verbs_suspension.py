"""Suspend and reinstate."""

from collections.abc import Callable

import pytest

from users.models import User, UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db


def last_record(member: User) -> UserAccessAudit:
    row: UserAccessAudit = UserAccessAudit.objects.about(member.pk)[0]
    return row


@pytest.mark.parametrize("status", ["pending", "approved"])
def test_a_suspension_is_recorded_with_its_reason_and_lifted_to_the_status_before(
    make_member: Callable[..., User], manager: Staff, status: str
) -> None:
    member = make_member(status=status)
    assert member.suspend(by=manager, reason="신고") is True
    assert member.status == "suspended"
    assert (last_record(member).reason, last_record(member).detail) == ("신고", {"status": [status, "suspended"]})
    assert member.reinstate(by=manager) is True
    assert member.status == User.objects.get(pk=member.pk).status == status
    assert last_record(member).detail == {"status": ["suspended", status]}


def test_each_is_idempotent(make_member: Callable[..., User], manager: Staff) -> None:
    member = make_member(status="approved")
    member.suspend(by=manager, reason="신고")
    assert member.suspend(by=manager, reason="신고") is False
    member.reinstate(by=manager)
    assert member.reinstate(by=manager) is False
    assert UserAccessAudit.objects.about(member.pk).count() == 2
    assert member.status == "approved"


@pytest.mark.parametrize("status", ["rejected", "withdrawn", "dormant"])
def test_only_who_waits_or_takes_part_is_suspended(
    make_member: Callable[..., User], manager: Staff, status: str
) -> None:
    member = make_member(status=status)
    with pytest.raises(VerbRefusedError):
        member.suspend(by=manager, reason="신고")
    assert User.objects.get(pk=member.pk).status == status


@pytest.mark.parametrize("status", ["pending", "approved", "rejected", "withdrawn", "dormant"])
def test_only_who_is_suspended_is_reinstated(make_member: Callable[..., User], manager: Staff, status: str) -> None:
    member = make_member(status=status)
    with pytest.raises(VerbRefusedError):
        member.reinstate(by=manager)
    assert User.objects.get(pk=member.pk).status == status


def test_a_suspension_by_another_program_is_lifted_to_approved(
    make_member: Callable[..., User], manager: Staff
) -> None:
    member = make_member(status="suspended")
    member.reinstate(by=manager)
    assert member.status == "approved"


def test_an_older_suspension_does_not_decide_about_one_by_another_program(
    make_member: Callable[..., User], manager: Staff
) -> None:
    member = make_member(status="pending")
    member.suspend(by=manager, reason="신고")
    member.reinstate(by=manager)
    member.approve(by=manager)
    User.objects.filter(pk=member.pk).update(status="suspended")
    member.reinstate(by=manager)
    assert member.status == "approved"


def test_the_last_of_two_suspensions_decides(make_member: Callable[..., User], manager: Staff) -> None:
    member = make_member(status="pending")
    member.suspend(by=manager, reason="첫째")
    member.reinstate(by=manager)
    member.approve(by=manager)
    member.suspend(by=manager, reason="둘째")
    member.reinstate(by=manager)
    assert member.status == "approved"


def test_a_stale_instance_does_not_decide_what_the_member_returns_to(
    make_member: Callable[..., User], manager: Staff
) -> None:
    stale = make_member(status="pending")
    fresh = User.objects.get(pk=stale.pk)
    fresh.approve(by=manager)
    fresh.suspend(by=manager, reason="신고")
    stale.reinstate(by=manager)
    assert stale.status == "approved"
