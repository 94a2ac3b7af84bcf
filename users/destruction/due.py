"""What is due for destruction: deleted rows, and members who have left, after `DELETED_KEPT_DAYS`."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from users.models import SubscriptionStatus, User, UserDocument, UserPhoto, UserStatus, UserSubscription
from ygs_admin.db.routing import PRIMARY

HANGING = (UserPhoto, UserDocument, UserSubscription)
"""What is deleted alone, too, while its member stays."""
UNDER_WAY = (SubscriptionStatus.ACTIVE, SubscriptionStatus.PAUSED)


def kept_since() -> datetime:
    """Return the moment before which a deletion or a withdrawal is long enough ago."""
    return timezone.now() - timedelta(days=settings.DELETED_KEPT_DAYS)


def due_members(before: datetime) -> Any:
    """Return the members who were deleted, or have withdrawn, before this time; no subscription of the latter runs."""
    return User.all_objects.using(PRIMARY).filter(Q(deleted_at__lt=before) | _left(before) & ~_is_under_way())


def members_held_back(before: datetime) -> Any:
    """Return those who have withdrawn before this time and whose subscription has not ended: it must be settled."""
    return User.all_objects.using(PRIMARY).filter(_left(before) & _is_under_way())


def due_alone(model: Any, before: datetime) -> Any:
    """Return the rows of one table that were deleted by themselves before this time."""
    return model.all_objects.using(PRIMARY).filter(deleted_at__lt=before)


def _left(before: datetime) -> Q:
    """A withdrawn member's last change is the withdrawal, or later: nobody is destroyed too early by it.

    The backend withdraws members too, and leaves no other time of it.
    """
    untouched_since = Q(updated_at__lt=before) | Q(updated_at__isnull=True, created_at__lt=before)
    return Q(deleted_at__isnull=True, status=UserStatus.WITHDRAWN) & untouched_since


def _is_under_way() -> Q:
    running = UserSubscription.objects.filter(user=OuterRef("pk"), status__in=UNDER_WAY)
    return Q(Exists(running))
