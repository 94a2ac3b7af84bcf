"""Why a file is not taken, said to the person who sends it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "wrong_type": _("This is not a JPEG, PNG, WebP or HEIC picture."),
    "wrong_document_type": _("This is neither a PDF nor a JPEG, PNG, WebP or HEIC picture."),
    "damaged": _("The file is damaged or incomplete. Save it anew and send it again."),
    "locked": _("The PDF is locked with a password. Send it without one."),
    "too_large": _("The file is larger than 20 MB."),
    "too_many_pixels": _("The picture has more than 50 million pixels. Make it smaller."),
    "too_many_pages": _("The document has more than 30 pages."),
    "too_small": _("The picture is too small or too narrow to be made out."),
    "no_such_page": _("The document has no such page."),
    "took_too_long": _("Opening the file took too long. Save it anew, or photograph it."),
    "empty": _("The file is empty."),
    "busy": _("Many files are being opened at the moment. Try again in a few seconds."),
}


class UploadRefusedError(Exception):
    """A file that is not taken; `code` is a key of `REASONS`, the text says why and what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message = REASONS[code]
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.message)


class BusyError(UploadRefusedError):
    """Nothing is wrong with the file: the console has enough to do."""

    def __init__(self) -> None:
        super().__init__("busy")
