"""Pictures of documents: a certificate with title, fields, seal and a "specimen" watermark, or an identity card.

Everything on them is made up. Without a Korean font the text becomes bars, so that a picture is always there.
"""

from functools import cache
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from .fonts import korean_font
from .paper_fields import fields_of, holder_of
from .papers import TITLES, Paper

PAGE = (480, 660)
CARD = (520, 330)
INK, FAINT, SEAL = (44, 46, 54), (122, 124, 132), (196, 62, 54)
WATERMARK = "견본 SAMPLE"
QUALITY = 42
ANY_OTHER = "marriage_relation"
PAPER_TONES = {
    "identity": (226, 236, 230),
    "employment": (253, 252, 248),
    "graduation": (252, 248, 236),
    "income": (248, 250, 253),
    "marriage_relation": (250, 251, 245),
    "business_license": (251, 247, 240),
    "professional_license": (247, 246, 252),
}
ISSUERS = {
    "employment": "주식회사 {employer} 대표이사",
    "graduation": "{university} 총장",
    "income": "○○세무서장",
    "marriage_relation": "가족관계등록관",
    "business_license": "○○세무서장",
    "professional_license": "소관 부처 장관",
}

Box = tuple[int, int, int, int]


def draw_paper(paper: Paper, rng: Random, face: Image.Image | None) -> bytes:
    """Return the document as JPEG, with what is wrong about it to be seen; about 6 ms of one core."""
    kind = paper.row.document_type
    if paper.flaw == "wrong_document":
        kind = "employment" if kind == ANY_OTHER else ANY_OTHER
    has_seal = paper.flaw not in {"suspected_forgery", "other"}
    image = _template(kind, has_seal).copy()
    draw = ImageDraw.Draw(image)
    if kind == "identity":
        _fill_card(image, draw, paper, rng, face)
    else:
        _fill_page(draw, kind, paper, rng)
    if paper.flaw == "unreadable":
        image = image.filter(ImageFilter.GaussianBlur(5))
    file = BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _fill_page(draw: ImageDraw.ImageDraw, kind: str, paper: Paper, rng: Random) -> None:
    y = 168
    for label, value in fields_of(kind, paper, rng):
        _text(draw, (58, y), label, 15, FAINT)
        _text(draw, (186, y - 1), value, 17, INK)
        y += 44
    issued = f"{paper.issued_on:%Y}년 {paper.issued_on.month}월 {paper.issued_on.day}일"
    _text(draw, (PAGE[0] // 2, 520), issued, 17, INK, anchor="ma")
    holder = holder_of(paper)
    issuer = ISSUERS[kind].format(employer=holder.employer, university=holder.university)
    _text(draw, (PAGE[0] // 2 - 10, 566), issuer, 21, INK, anchor="ma")


def _fill_card(
    image: Image.Image, draw: ImageDraw.ImageDraw, paper: Paper, rng: Random, face: Image.Image | None
) -> None:
    for place, (_label, value) in enumerate(fields_of("identity", paper, rng)):
        _text(draw, (64, 106 + place * 42), value, 24 if place == 0 else 18, INK)
    _text(draw, (64, 238), f"{paper.issued_on:%Y.%m.%d}.", 16, INK)
    if face:
        image.paste(face.resize((112, 140)), (356, 74))


@cache
def _template(kind: str, has_seal: bool) -> Image.Image:
    """Return what all documents of a kind share; copying it is much quicker than drawing it again."""
    image = Image.new("RGB", CARD if kind == "identity" else PAGE, (196, 188, 178))
    draw = ImageDraw.Draw(image)
    if kind == "identity":
        _card_ground(draw)
    else:
        _page_ground(draw, kind)
    image = _watermarked(image)
    if has_seal:
        _seal(ImageDraw.Draw(image), (420, 232) if kind == "identity" else (372, 556))
    return image


def _card_ground(draw: ImageDraw.ImageDraw) -> None:
    tone = PAPER_TONES["identity"]
    draw.rounded_rectangle((22, 18, CARD[0] - 22, CARD[1] - 18), 18, fill=tone, outline=(176, 190, 182), width=2)
    for y in range(40, CARD[1] - 30, 9):
        draw.arc((-60, y - 60, CARD[0] + 60, y + 60), 60, 120, fill=(212, 226, 218), width=1)
    _text(draw, (64, 48), "주민등록증", 28, (52, 74, 96))
    draw.rectangle((356, 74, 468, 214), fill=(214, 222, 226))


def _page_ground(draw: ImageDraw.ImageDraw, kind: str) -> None:
    draw.rectangle((14, 12, PAGE[0] - 14, PAGE[1] - 12), fill=PAPER_TONES[kind])
    for inset, tone in ((28, (150, 146, 134)), (34, (206, 202, 190))):
        draw.rectangle((inset, inset - 2, PAGE[0] - inset, PAGE[1] - inset + 2), outline=tone, width=1)
    _text(draw, (52, 50), "제 ○○○○-○○○○○ 호", 12, FAINT)
    _text(draw, (PAGE[0] // 2, 84), "  ".join(TITLES[kind].replace(" ", "")), 28, INK, anchor="ma")
    draw.line((58, 140, PAGE[0] - 58, 140), fill=(170, 166, 154), width=2)
    for y in range(194, 194 + 6 * 44, 44):
        draw.line((58, y, PAGE[0] - 58, y), fill=(224, 220, 210), width=1)
    _text(draw, (PAGE[0] // 2, 470), "위 사실을 증명합니다.", 17, INK, anchor="ma")


def _watermarked(image: Image.Image) -> Image.Image:
    layer = Image.new("L", image.size)
    draw = ImageDraw.Draw(layer)
    for y in (0.3, 0.72):
        _text(draw, (image.width // 2, int(image.height * y)), WATERMARK, 46, 255, anchor="mm")
    mask = layer.rotate(24).point(lambda value: value * 26 // 255)
    image.paste((120, 120, 140), mask=mask)
    return image


def _seal(draw: ImageDraw.ImageDraw, corner: tuple[int, int]) -> None:
    x, y = corner
    draw.rounded_rectangle((x, y, x + 50, y + 50), 6, outline=SEAL, width=3)
    _text(draw, (x + 25, y + 15), "견본", 15, SEAL, anchor="mm")
    _text(draw, (x + 25, y + 35), "직인", 15, SEAL, anchor="mm")


def _text(
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    size: int,
    fill: tuple[int, int, int] | int,
    anchor: str = "la",
) -> None:
    """Write text, or a bar of about its size where no font can write Korean."""
    font = korean_font(size)
    if font:
        draw.text(at, text, fill=fill, font=font, anchor=anchor)
        return
    width = sum(size if ord(character) > 0x2E7F else size * 0.5 for character in text)  # noqa: PLR2004 - wide letters
    left = at[0] - (width / 2 if anchor[0] == "m" else 0)
    top = at[1] - (size / 2 if anchor[1] == "m" else 0)
    draw.rectangle((left, top + size * 0.25, left + width, top + size * 0.85), fill=fill)
