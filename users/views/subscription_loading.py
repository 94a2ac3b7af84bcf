"""Loading a member's subscription for the pages of its verbs."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from users.models import User, UserSubscription
from ygs_admin.web.access import StaffRequest

from .loading import load_member


def load_live_member(request: StaffRequest, user_id: str) -> User:
    """Return the member, whose subscription may be changed.

    Raises:
        Http404: there is none, or it is deleted: then the subscription is as the deletion left it.
    """
    user = load_member(request, user_id)
    if user.is_deleted:
        raise Http404
    return user


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


def posted(request: StaffRequest) -> QueryDict:
    """Return what was posted. An undo has its version in the URL that it is posted to."""
    given = request.POST.copy()
    if "row_version" not in given and "row_version" in request.GET:
        given["row_version"] = request.GET["row_version"]
    return given


def subscription_url(user: User) -> str:
    return f"{reverse('users:detail', args=[user.pk])}#subscription"


def back_to(user: User) -> HttpResponse:
    return redirect(subscription_url(user))
