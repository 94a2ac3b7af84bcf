"""Delete and restore: members, and what hangs on them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from users.models import User, UserAccessAudit, UserDocument, UserPhoto, UserSubscription
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make_member: Callable[..., User]) -> User:
    made = make_member(name="김철수")
    UserPhoto.objects.create(user=made, s3_key="photos/1.jpg")
    UserDocument.objects.create(user=made, s3_key="documents/1.jpg", document_type="identity")
    UserSubscription.objects.create(user=made, plan="basic", status="active", starts_at=timezone.now())
    return made


def recorded() -> list[tuple[Any, ...]]:
    rows = UserAccessAudit.objects.order_by("created_at", "id")
    return list(rows.values_list("action", "user_id", "resource_type", "resource_id", "reason"))


def test_deleting_a_member_is_one_record_about_that_member(member: User, manager: Staff) -> None:
    assert member.soft_delete(by=manager, reason="중복 가입") is True
    assert member.is_deleted
    assert recorded() == [("delete", member.pk, "users", member.pk, "중복 가입")]
    assert UserAccessAudit.objects.get().actor_id == manager.pk
    assert (UserPhoto.objects.count(), UserDocument.objects.count(), UserSubscription.objects.count()) == (0, 0, 0)


def test_restoring_is_the_inverse_and_recorded(member: User, manager: Staff) -> None:
    member.soft_delete(by=manager, reason="중복 가입")
    assert member.undelete(by=manager) is True
    assert not member.is_deleted
    assert recorded()[1:] == [("restore", member.pk, "users", member.pk, None)]
    assert (UserPhoto.objects.count(), UserDocument.objects.count(), UserSubscription.objects.count()) == (1, 1, 1)


def test_each_is_idempotent_and_records_once(member: User, manager: Staff) -> None:
    member.soft_delete(by=manager)
    deleted_at = member.deleted_at
    assert member.soft_delete(by=manager) is False
    assert member.deleted_at == deleted_at
    member.undelete(by=manager)
    assert member.undelete(by=manager) is False
    assert len(recorded()) == 2


def test_a_photo_goes_alone_and_is_recorded_about_its_member(member: User, manager: Staff) -> None:
    photo = member.photos.get()
    photo.soft_delete(by=manager, reason="타인 사진")
    assert recorded() == [("delete", member.pk, "user_photos", photo.pk, "타인 사진")]
    assert not User.objects.get(pk=member.pk).is_deleted
    photo.undelete(by=manager)
    assert member.photos.get() == photo


def test_the_status_is_kept_through_deletion_and_restoration(make_member: Callable[..., User]) -> None:
    member = make_member(status="suspended")
    member.soft_delete(by=None)
    member.undelete(by=None)
    assert User.objects.get(pk=member.pk).status == "suspended"


def test_several_members_are_one_record_each(make_member: Callable[..., User], manager: Staff) -> None:
    members = [make_member() for _ in range(3)]
    members[0].soft_delete(by=manager)
    keys = [member.pk for member in members]
    assert User.all_objects.filter(pk__in=keys).soft_delete(by=manager, reason="정리") == 2
    assert [row[1] for row in recorded()] == keys
    assert User.all_objects.filter(pk__in=keys).undelete(by=manager) == 3


def test_change_and_record_stand_and_fall_together(
    member: User, manager: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(UserAccessAudit, "about", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        member.soft_delete(by=manager)
    assert not User.objects.get(pk=member.pk).is_deleted


def test_a_refused_restoration_of_nobody_is_nothing(manager: Staff) -> None:
    assert User.all_objects.filter(pk="usr_nobody").undelete(by=manager) == 0
    assert recorded() == []
