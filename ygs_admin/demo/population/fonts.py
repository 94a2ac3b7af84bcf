"""A font with Korean letters, if this machine has one."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from PIL import ImageFont

_USUAL_PLACES = (
    "/usr/share/fonts/truetype/nanum/NanumMyeongjo.ttf",
    "/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/AppleSDGothicNeo.ttc",
)


@cache
def korean_font(size: int) -> ImageFont.FreeTypeFont | None:
    """Return a font of that size in pixels that has Hangul, None where the machine has none."""
    path = _korean_font_file()
    return ImageFont.truetype(path, size) if path else None


@cache
def _korean_font_file() -> str | None:
    for place in _USUAL_PLACES:
        if Path(place).exists():
            return place
    return _from_fontconfig()


def _from_fontconfig() -> str | None:
    """Ask fontconfig, which answers with any font at all where it knows no Korean one."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return None
    listed = subprocess.run([fc_list, ":lang=ko", "-f", "%{file}\n"], capture_output=True, text=True, check=False)
    return next(iter(sorted(listed.stdout.split("\n")[:-1])), None)
