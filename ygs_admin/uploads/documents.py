"""Papers that prove something."""

import re
import unicodedata
from dataclasses import dataclass

from .errors import UploadRefusedError
from .sandbox import decode

LONGEST_NAME = 80
# What is made here are the first two; the app may have stored the others.
EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
}
UNKNOWN_TYPE = "application/octet-stream"
UNKNOWN_EXTENSION = ".bin"
# Control characters, those that turn the direction of writing, and what means something to a shell or a file system.
UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff/\\:*?"<>|]+')


@dataclass(frozen=True)
class CleanDocument:
    """`content` is a JPEG or a PDF as `content_type` says, of `pages` pages; `filename` is safe to show and to save."""

    content: bytes
    content_type: str
    filename: str
    pages: int


def clean_document(content: bytes, filename: str) -> CleanDocument:
    """Return a document made anew from how its pages look.

    Raises:
        UploadRefusedError: neither a PDF nor a picture, damaged, locked, too large, too long or too small.
    """
    try:
        facts, (clean,) = decode("document", content)
    except UploadRefusedError as refusal:
        if refusal.code == "wrong_type":
            raise UploadRefusedError("wrong_document_type") from None
        raise
    return CleanDocument(clean, filename=safe_filename(filename, facts["content_type"]), **facts)


def safe_filename(filename: str, content_type: str) -> str:
    """Return the name without folders and signs that mislead, with the extension of what the file is."""
    last = re.split(r"[/\\]", filename)[-1]
    stem = UNSAFE.sub(" ", unicodedata.normalize("NFC", last)).rpartition(".")[0] or UNSAFE.sub(" ", last)
    return (" ".join(stem.split()).strip(". ")[:LONGEST_NAME] or "document") + EXTENSIONS.get(
        content_type, UNKNOWN_EXTENSION
    )
