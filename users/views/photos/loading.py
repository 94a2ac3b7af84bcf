"""Loading a member and a photo of theirs for the pages about photos, and what those answer a script with."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from users.models import Action, User, UserPhoto
from users.sections import photos_of
from ygs_admin.web.access import StaffRequest


def load_photo(user: User, photo_id: str) -> UserPhoto:
    """Return this member's photo, live or deleted.

    Raises:
        Http404: there is none, or it is another member's.
    """
    photo: UserPhoto | None = UserPhoto.all_objects.filter(user=user, pk=photo_id).first()
    if photo is None:
        raise Http404
    return photo


def photos_url(user: User) -> str:
    return f"{reverse('users:detail', args=[user.pk])}#photos"


def gallery_response(request: StaffRequest, user: User, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Answer a script with the photos as they are now; `problem` says why they are not as was asked."""
    context: dict[str, Any] = {"user_record": user, "problem": problem, **photos_of(user)}
    user.record(Action.VIEW, by=request.user, resource_type=UserPhoto._meta.db_table)
    return render(request, "users/photos/_gallery.html", context, status=status)
