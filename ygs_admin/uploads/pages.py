"""Documents as people look at them: one page, as a picture that says who is looking."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .sandbox import decode

KOREAN_FONTS = (
    "/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/AppleSDGothicNeo.ttc",
)


@dataclass(frozen=True)
class RenderedPage:
    """A page as a JPEG, and how many pages the document has."""

    jpeg: bytes
    pages: int


def count_pages(content: bytes) -> int:
    """Return how many pages a stored document of any supported type has, drawing none of them.

    Raises:
        UploadRefusedError: it cannot be shown.
    """
    facts, _nothing = decode("count", content)
    return int(facts["pages"])


def render_page(content: bytes, number: int, *, watermark: str) -> RenderedPage:
    """Return a page, counted from 1, of a stored document of any supported type, with the watermark in its pixels.

    The document may have been stored by another program: nothing is taken on trust.

    Raises:
        UploadRefusedError: it cannot be shown, or has no such page.
    """
    facts, (jpeg,) = decode("page", content, number=number, watermark=watermark, font_file=_korean_font())
    return RenderedPage(jpeg, facts["pages"])


@cache
def _korean_font() -> str | None:
    known = next((place for place in KOREAN_FONTS if Path(place).exists()), None)
    return known or _ask_fontconfig()


def _ask_fontconfig() -> str | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    listed = subprocess.run([program, ":lang=ko", "-f", "%{file}\n"], capture_output=True, text=True, check=False)  # noqa: S603
    return min(listed.stdout.split("\n")[:-1], default=None)
