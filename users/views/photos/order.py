"""Putting a member's photos in order. A page is moved only from the order that it showed."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from users.models import User, UserPhoto
from users.models.photo_order import PhotosChangedError
from users.models.status import VerbRefusedError
from users.views.loading import load_live_member
from ygs_admin.db.ids import is_id
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import gallery_response, photos_url

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422


class PhotoIdsField(forms.CharField):
    """Ids of photos between spaces, each of them once."""

    def to_python(self, value: str | None) -> list[str]:  # type: ignore[override]
        keys = (super().to_python(value) or "").split()
        if len(set(keys)) != len(keys) or not all(is_id("pho", key) for key in keys):
            raise forms.ValidationError(_("This is no order of photos."), code="invalid")
        return keys


class PhotoOrderForm(forms.Form):
    """`shown` is the order that the page showed, `order` the one that is wanted."""

    shown = PhotoIdsField()
    order = PhotoIdsField()


@require_POST
@needs("users.view_userphoto")
@needs("users.change_userphoto")
@on_primary
def order(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    form = PhotoOrderForm(request.POST)
    if not form.is_valid():
        named = "; ".join(f"{name}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
        return _refuse(request, user, named, HTTP_UNPROCESSABLE)
    try:
        _reorder(request, user, form)
    except PhotosChangedError:
        return _refuse(
            request, user, _("The photos have changed meanwhile. Nothing was moved; this is how they are now.")
        )
    except VerbRefusedError as refusal:
        return _refuse(request, user, str(refusal))
    return gallery_response(request, user) if request.htmx else redirect(photos_url(user))


def _reorder(request: StaffRequest, user: User, form: PhotoOrderForm) -> None:
    cleaned = form.cleaned_data
    changed = UserPhoto.objects.reorder(of=user, shown=cleaned["shown"], wanted=cleaned["order"], by=request.user)
    if changed and not request.htmx:
        flash(request, _("The photos stand in their new order."))


def _refuse(request: StaffRequest, user: User, why: str, status: int = HTTP_CONFLICT) -> HttpResponse:
    if request.htmx:
        return gallery_response(request, user, problem=why, status=status)
    flash_refusal(request, why)
    return redirect(photos_url(user))
