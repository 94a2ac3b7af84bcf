"""How much of a request is read before anybody has looked at it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ygs_admin.web.failures import failure_page

from .sandbox import LARGEST_FILE

MOST_FILES = 10
LARGEST_FORM = 3 * 1024 * 1024
LARGEST_UPLOAD = 3 * LARGEST_FILE
HTTP_TOO_LARGE = 413

View = Callable[..., HttpResponse]


def takes_files(view: View) -> View:
    """Let a view's requests be as large as `LARGEST_UPLOAD`; those of all others may be a form's size."""
    view.largest_body = LARGEST_UPLOAD  # type: ignore[attr-defined]
    return view


class BodyLimitMiddleware:
    """Refuses a body that is too large by its announced length, before anything of it is parsed or stored.

    The server reads no more of a body than was announced, and nothing of one whose length was not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        largest = getattr(view, "largest_body", LARGEST_FORM)
        if announced.isdigit() and int(announced) <= largest:
            return None
        return failure_page(request, HTTP_TOO_LARGE, megabytes=largest // 1024**2)


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Cleans to a list of one to `MOST_FILES` files. What is in them is looked at later, file by file."""

    widget = SeveralFilesInput

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile]:
        files = (value if isinstance(value, list | tuple) else [value]) or [None]
        if len(files) > MOST_FILES:
            message = _("Choose at most %(count)s files at a time.")
            raise ValidationError(message, code="too_many", params={"count": MOST_FILES})
        return [super(SeveralFilesField, self).clean(file, initial) for file in files]
