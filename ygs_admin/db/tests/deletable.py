"""A member with everything that a deletion takes along, for tests of deletion."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from users.models import User, UserDocument, UserPhoto, UserSubscription


def member_with_rows(make_member: Callable[..., User]) -> User:
    """Return 김철수 with two photos, a document and a subscription."""
    made = make_member(name="김철수", phone="01012345678")
    UserPhoto.objects.create(user=made, s3_key="photos/1.jpg")
    UserPhoto.objects.create(user=made, s3_key="photos/2.jpg")
    UserDocument.objects.create(user=made, s3_key="documents/1.jpg", document_type="identity")
    UserSubscription.objects.create(user=made, plan="basic", status="active", starts_at=timezone.now())
    return made


def batch(member: User) -> set[Any]:
    """Return the times of deletion of the member and of everything that hangs on them."""
    hanging = [UserPhoto, UserDocument, UserSubscription]
    rows = [row for model in hanging for row in model.all_objects.filter(user=member)]
    return {row.deleted_at for row in [User.all_objects.get(pk=member.pk), *rows]}
