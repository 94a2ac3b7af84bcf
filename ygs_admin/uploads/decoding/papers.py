"""PDF documents: PDFium, which runs no script here, draws every page, and the pages are made anew from the drawings.

Rebuilding from pictures is what can be shown to be safe: no script, action, link, form, attachment or font of the
sender's is in what is kept, whatever a later viewer would do with them. 200 dots an inch keep small print legible.
"""

import io
from collections.abc import Iterator

import pypdfium2
from PIL import Image

from .refusal import RefusalError

SIGNATURE = b"%PDF-"
SIGNATURE_WITHIN = 1024
MOST_PAGES = 30
DOTS_PER_INCH = 200
POINTS_PER_INCH = 72
LONGEST_SIDE = 3000
QUALITY = 82


def is_paper(content: bytes) -> bool:
    """Tell whether a file begins as a PDF does; viewers look for the signature in the first kilobyte."""
    return SIGNATURE in content[:SIGNATURE_WITHIN]


def open_paper(content: bytes) -> pypdfium2.PdfDocument:
    """Return the document.

    Raises:
        RefusalError: locked with a password, damaged, empty, or of more than `MOST_PAGES` pages.
    """
    try:
        document = pypdfium2.PdfDocument(content)
        # What was filled in is drawn with the page. This build of PDFium knows neither scripts nor XFA.
        document.init_forms()
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise RefusalError("locked" if "password" in str(error).lower() else "damaged") from None
    if pages == 0:
        raise RefusalError("damaged")
    if pages > MOST_PAGES:
        raise RefusalError("too_many_pages")
    return document


def draw_page(document: pypdfium2.PdfDocument, number: int, *, longest_side: int = LONGEST_SIDE) -> Image.Image:
    """Return a page, counted from 1, as a picture on white, with what was filled in.

    Raises:
        RefusalError: it cannot be drawn.
    """
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(DOTS_PER_INCH / POINTS_PER_INCH, longest_side / max(width, height))
        drawn: Image.Image = page.render(scale=scale).to_pil()
        return drawn.convert("RGB")
    except Exception:  # noqa: BLE001 - PDFium's binding raises anything for a damaged page
        raise RefusalError("damaged") from None


def rebuilt(document: pypdfium2.PdfDocument) -> bytes:
    """Return a PDF of nothing but the drawn pages."""
    pages = _drawn(document)
    buffer = io.BytesIO()
    next(pages).save(
        buffer,
        "PDF",
        save_all=True,
        append_images=pages,
        resolution=DOTS_PER_INCH,
        quality=QUALITY,
        title="",
        author="",
    )
    return buffer.getvalue()


def _drawn(document: pypdfium2.PdfDocument) -> Iterator[Image.Image]:
    """Draw one page at a time: thirty at once would want half a gigabyte."""
    for number in range(1, len(document) + 1):
        yield draw_page(document, number)
