"""Photos of people."""

from dataclasses import dataclass

from .sandbox import decode


@dataclass(frozen=True)
class CleanPhoto:
    """Two JPEGs without metadata: `full` of at most 2048 pixels a side, `thumbnail` of at most 320.

    `width` and `height` are the pixels of what was sent, upright.
    """

    full: bytes
    thumbnail: bytes
    width: int
    height: int


def clean_photo(content: bytes) -> CleanPhoto:
    """Return a photo made anew from the pixels of a JPEG, PNG, WebP or HEIC file; of an animated one the first.

    Raises:
        UploadRefusedError: it is none of these, damaged, too large or too small.
    """
    facts, (full, thumbnail) = decode("photo", content)
    return CleanPhoto(full, thumbnail, **facts)
