"""Loading a member's subscription for the pages of its verbs."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from users.models import User, UserSubscription


def load_subscription(user: User) -> UserSubscription | None:
    """Return the member's live subscription with its row version, None where there is none."""
    found: UserSubscription | None = UserSubscription.objects.with_row_version().filter(user_id=user.pk).first()
    if found is not None:
        found.user = user
    return found


def deleted_subscription(user: User) -> UserSubscription | None:
    """Return the member's deleted subscription, which holds their one place."""
    found: UserSubscription | None = UserSubscription.all_objects.deleted().filter(user_id=user.pk).first()
    return found


def subscription_url(user: User) -> str:
    return f"{reverse('users:detail', args=[user.pk])}#subscription"


def back_to(user: User) -> HttpResponse:
    return redirect(subscription_url(user))
