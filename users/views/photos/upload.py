"""Sending photos in: several at once; each is taken or refused by itself."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from users.models import User
from users.models.photo_order import MOST_PHOTOS
from users.models.status import VerbRefusedError
from users.photos.upload import add_photo
from users.views.loading import load_live_member
from ygs_admin.storage import StorageError
from ygs_admin.uploads.errors import UploadRefusedError
from ygs_admin.uploads.receiving import SeveralFilesField, SeveralFilesInput, takes_files
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import gallery_response, photos_url

HTTP_UNPROCESSABLE = 422
PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class PhotosForm(forms.Form):
    photos = SeveralFilesField(
        label=_("Photos"),
        widget=SeveralFilesInput(attrs={"accept": PICTURES}),
        help_text=_("JPEG, PNG, WebP or HEIC, up to 20 MB each. Where and when a photo was taken is not kept."),
    )


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_userphoto")
@needs("users.add_userphoto")
@on_primary
def add(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    form = PhotosForm(request.POST, request.FILES) if request.method == "POST" else PhotosForm()
    if request.method != "POST" or not form.is_valid():
        return _ask(request, user, form)
    files = form.cleaned_data["photos"]
    problems = [problem for file in files if (problem := _take(request, user, file))]
    return _answer(request, user, len(files) - len(problems), problems)


def _take(request: StaffRequest, user: User, file: Any) -> str:
    """Keep one file; return why not, naming it, empty where it was kept."""
    try:
        add_photo(user, file.read(), by=request.user)
    except (UploadRefusedError, VerbRefusedError) as refusal:
        return f"{file.name}: {refusal}"
    except StorageError:
        return f"{file.name}: {gettext('The photo store does not answer. Nothing was kept; try again later.')}"
    return ""


def _answer(request: StaffRequest, user: User, taken: int, problems: list[str]) -> HttpResponse:
    if request.htmx:
        status = HTTP_UNPROCESSABLE if problems else 200
        return gallery_response(request, user, problem=" ".join(problems), status=status)
    for problem in problems:
        flash_refusal(request, problem)
    if taken:
        flash(request, gettext("Photos taken: %(count)s.") % {"count": taken})
    return redirect(photos_url(user))


def _ask(request: StaffRequest, user: User, form: PhotosForm) -> HttpResponse:
    status = HTTP_UNPROCESSABLE if form.is_bound else 200
    if request.htmx and form.is_bound:
        return gallery_response(request, user, problem=" ".join(map(str, form.errors["photos"])), status=status)
    context = {
        "user_record": user,
        "form": form,
        "most": MOST_PHOTOS,
        "action_url": request.path,
        "cancel_url": photos_url(user),
    }
    return render(request, "users/photos/add.html", context, status=status)
