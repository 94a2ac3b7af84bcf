"""Deleting a photo, bringing it back, and the page of those that are deleted."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from users.models import Action, UserPhoto
from users.models.status import VerbRefusedError
from users.sections import url_when_shown
from users.views.loading import load_live_member
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import load_photo, photos_url


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.delete_userphoto")
@on_primary
def delete(request: StaffRequest, user_id: str, photo_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    photo = load_photo(user, photo_id)
    if request.method != "POST":
        if photo.is_deleted:
            raise Http404
        context = {"user_record": user, "photo": photo, "action_url": request.path, "cancel_url": photos_url(user)}
        return render(request, "users/photos/delete.html", context)
    deleted = photo.soft_delete(by=request.user)
    undo_url = reverse("users:photo_restore", args=[user.pk, photo.pk]) if deleted else ""
    flash(request, _("The photo is deleted."), undo_url=undo_url)
    return redirect(photos_url(user))


@require_POST
@needs("users.delete_userphoto")
@on_primary
def restore(request: StaffRequest, user_id: str, photo_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    photo = load_photo(user, photo_id)
    try:
        photo.undelete(by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, _("The photo is back."))
    return redirect(photos_url(user))


@require_safe
@needs("users.view_userphoto")
@needs("users.delete_userphoto")
@on_primary
def deleted(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    photos: list[Any] = list(UserPhoto.all_objects.deleted().filter(user=user).order_by("-deleted_at", "id"))
    for photo in photos:
        photo.thumbnail_url = url_when_shown(photo.thumbnail_s3_key or photo.s3_key)
    user.record(Action.VIEW, by=request.user, resource_type=UserPhoto._meta.db_table)
    return render(request, "users/photos/deleted.html", {"user_record": user, "photos": photos})
