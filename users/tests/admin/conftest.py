"""A superuser at the admin, and one row of each table."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from users.models import User, UserAccessAudit, UserDocument, UserPhoto, UserSubscription
from users.tests.admin.desk import Desk
from ygs_admin.staff.models import Staff


@pytest.fixture
def desk(superuser: Staff) -> Desk:
    return Desk(superuser)


@pytest.fixture
def full_member(make_member: Callable[..., User]) -> User:
    """A member with a row in each of the member tables."""
    member = make_member(name="김철수", phone="01012345678", email="chul@naver.com", about_me="한 줄\n두 줄")
    UserPhoto.objects.create(user=member, s3_key="photos/1.jpg")
    UserDocument.objects.create(user=member, s3_key="documents/1.jpg", document_type="identity")
    UserSubscription.objects.create(user=member, plan="basic", status="active", starts_at=timezone.now())
    return member


@pytest.fixture
def recorded() -> Callable[..., list[Any]]:
    """Return a function that reads the access record: rows with these values, oldest first."""

    def read(**values: Any) -> list[Any]:
        return list(UserAccessAudit.objects.filter(**values).order_by("id"))

    return read
