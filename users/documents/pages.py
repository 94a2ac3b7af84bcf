"""A stored document as pages to look at. It may have been stored by the app: nothing about it is taken on trust.

What keeps a page from being shown is ordinary here, and is said in words: the object is missing, S3 does not answer,
the file is none that can be opened, or too many are being opened.
"""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from users.models import Action, UserDocument
from ygs_admin import storage
from ygs_admin.staff.models import Staff
from ygs_admin.storage import ObjectTooLargeError, StorageError
from ygs_admin.uploads.errors import BusyError, UploadRefusedError
from ygs_admin.uploads.pages import RenderedPage, count_pages, render_page
from ygs_admin.uploads.sandbox import LARGEST_FILE

NOT_FOUND = 404
UNPROCESSABLE = 422
UNAVAILABLE = 503


class UnshowableError(Exception):
    """A page cannot be shown; the text says why, `status` is HTTP's, 503 where trying again may help."""

    def __init__(self, message: str | Promise, status: int) -> None:
        self.message, self.status = message, status
        super().__init__(status)

    def __str__(self) -> str:
        return str(self.message)


def pages_of(document: UserDocument) -> int:
    """Return how many pages the document has. A read from S3 and a process: about 0.15 s.

    Raises:
        UnshowableError: it cannot be shown.
    """
    content = _content(document)
    try:
        return count_pages(content)
    except UploadRefusedError as refusal:
        raise _unshowable(refusal) from None


def look_at(document: UserDocument, number: int, *, by: Staff) -> RenderedPage:
    """Return a page, counted from 1, that says in its pixels who looks at it and when; the look is on record.

    A read from S3 and a process: 0.2 to 0.6 s. A page that could not be shown is no look.

    Raises:
        UnshowableError: it cannot be shown, or there is no such page.
    """
    content = _content(document)
    try:
        page = render_page(content, number, watermark=watermark_of(by))
    except UploadRefusedError as refusal:
        raise _unshowable(refusal) from None
    document.user.record(
        Action.VIEW,
        by=by,
        resource_type=document._meta.db_table,
        resource_id=document.pk,
        detail={"page": number},
    )
    return page


def watermark_of(staff: Staff) -> str:
    """Return name, e-mail and the time in Seoul. Without a Korean font the name is left out, and the e-mail tells."""
    return f"{staff.name} · {staff.email} · {timezone.localtime():%Y-%m-%d %H:%M}"


def _content(document: UserDocument) -> bytes:
    try:
        content = storage.read(document.s3_key, max_bytes=LARGEST_FILE)
    except ObjectTooLargeError:
        raise UnshowableError(_("The file is too large to be shown."), UNPROCESSABLE) from None
    except StorageError:
        raise UnshowableError(_("The document store does not answer. Try again later."), UNAVAILABLE) from None
    if content is None:
        raise UnshowableError(_("The file is missing in the document store."), NOT_FOUND)
    return content


def _unshowable(refusal: UploadRefusedError) -> UnshowableError:
    if refusal.code == "no_such_page":
        return UnshowableError(refusal.message, NOT_FOUND)
    return UnshowableError(refusal.message, UNAVAILABLE if isinstance(refusal, BusyError) else UNPROCESSABLE)
