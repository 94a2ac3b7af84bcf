"""Pictures: opened by what they are, not by what they are called, and made anew from their pixels alone.

What is made holds no metadata (EXIF, GPS, XMP, comments, thumbnails), no profile and nothing that was hidden behind or
between the pixels: a polyglot becomes a plain picture.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .refusal import RefusalError

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PIXELS = 50_000_000
MOST_ELONGATED = 20
QUALITY = 86
GREY_16_BIT = ("I;16", "I;16B", "I;16L", "I;16N", "I")

pillow_heif.register_heif_opener(thumbnails=False)
# Both are asked before a pixel is decoded.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def open_picture(content: bytes, *, least_side: int) -> Image.Image:
    """Return the first picture of a file, upright, in sRGB and on white.

    Raises:
        RefusalError: of another kind, damaged, larger than `MOST_PIXELS`, or smaller than `least_side` pixels.
    """
    with _refusing():
        image = look_at_picture(content, least_side=least_side)
        image.load()
    return _flat(_in_srgb(_upright(image)))


def look_at_picture(content: bytes, *, least_side: int) -> Image.Image:
    """Return a picture of which nothing but the head has been read.

    Raises:
        RefusalError: of another kind, larger than `MOST_PIXELS`, or smaller than `least_side` pixels.
    """
    with _refusing():
        image = Image.open(io.BytesIO(content), formats=FORMATS)
        _refuse_size(*image.size, least_side=least_side)
        return image


def as_jpeg(image: Image.Image, *, longest_side: int) -> bytes:
    """Return the picture as a progressive JPEG no side of which is longer than this many pixels."""
    smaller = image.copy()
    smaller.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    smaller.save(buffer, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return buffer.getvalue()


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except RefusalError:
        raise
    except Image.DecompressionBombError:
        raise RefusalError("too_many_pixels") from None
    except UnidentifiedImageError:
        raise RefusalError("wrong_type") from None
    except Exception:  # noqa: BLE001 - decoders raise anything for a damaged file
        raise RefusalError("damaged") from None


def _refuse_size(width: int, height: int, *, least_side: int) -> None:
    if width * height > MOST_PIXELS:
        raise RefusalError("too_many_pixels")
    if min(width, height) < least_side or max(width, height) > MOST_ELONGATED * min(width, height):
        raise RefusalError("too_small")


def _upright(image: Image.Image) -> Image.Image:
    """Apply the orientation that a camera noted; a note that cannot be read is none."""
    with suppress(Exception):
        return ImageOps.exif_transpose(image)
    return image


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        with suppress(Exception):
            source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, srgb, outputMode="RGB") or image
    return image


def _flat(image: Image.Image) -> Image.Image:
    """Return eight bits of red, green and blue; what is transparent becomes white, as paper."""
    if image.mode in GREY_16_BIT:
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        image = Image.new("RGB", seen.size, "white")
        image.paste(seen, mask=seen.getchannel("A"))
    plain = Image.new("RGB", image.size)
    plain.paste(image.convert("RGB"))
    return plain
