"""Backgrounds out of focus: drawn small, blurred, scaled up."""

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from ..draws import happens
from .canvas import HEIGHT, WIDTH, Colour, lighter, mixed

REDUCED = 4
W, H = WIDTH // REDUCED, HEIGHT // REDUCED
STUDIO: tuple[Colour, ...] = (
    (206, 218, 228), (226, 216, 206), (214, 224, 212), (232, 220, 224), (220, 214, 230), (198, 210, 214),
    (236, 228, 212),    (190, 204, 222), (224, 206, 194),
)  # fmt: skip


def backdrop(kind: str, rng: Random) -> Image.Image:
    """Return a background picture of the given kind in the canvas's size."""
    image = Image.new("RGB", (W, H))
    _KINDS[kind](image, ImageDraw.Draw(image), rng)
    blur = 2.0 if kind == "studio" else 3.2
    return image.filter(ImageFilter.GaussianBlur(blur)).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def _gradient(draw: ImageDraw.ImageDraw, top: Colour, bottom: Colour, y0: int = 0, y1: int = H) -> None:
    for y in range(y0, y1):
        draw.line((0, y, W, y), fill=mixed(top, bottom, (y - y0) / max(1, y1 - y0)))


def _studio(_image: Image.Image, draw: ImageDraw.ImageDraw, rng: Random) -> None:
    tone = rng.choice(STUDIO)
    _gradient(draw, lighter(tone, 0.35), mixed(tone, (120, 124, 136), 0.18))
    x = rng.randint(W // 4, 3 * W // 4)
    draw.ellipse((x - 55, 5, x + 55, 105), fill=lighter(tone, 0.45))


def _park(_image: Image.Image, draw: ImageDraw.ImageDraw, rng: Random) -> None:
    _gradient(draw, (214, 232, 238), (200, 220, 186))
    for _tree in range(26):
        x, y, r = rng.randint(-10, W + 10), rng.randint(20, 95), rng.randint(10, 24)
        green = mixed((126, 164, 112), (196, 214, 150), rng.random())
        draw.ellipse((x - r, y - r, x + r, y + r), fill=green)
    draw.rectangle((0, 112, W, H), fill=(176, 202, 142))


def _cafe(_image: Image.Image, draw: ImageDraw.ImageDraw, rng: Random) -> None:
    _gradient(draw, (206, 180, 152), (168, 136, 112))
    for shelf in (34, 70):
        draw.rectangle((0, shelf, W, shelf + 3), fill=(134, 102, 82))
        for x in range(4, W, 9):
            tone = rng.choice(((226, 204, 176), (188, 126, 100), (236, 226, 210), (122, 142, 124)))
            draw.rectangle((x, shelf - rng.randint(8, 20), x + 5, shelf), fill=tone)
    for _lamp in range(3):
        x = rng.randint(5, W - 5)
        draw.ellipse((x - 7, 2, x + 7, 16), fill=(255, 236, 190))


def _window(_image: Image.Image, draw: ImageDraw.ImageDraw, rng: Random) -> None:
    _gradient(draw, (232, 226, 218), (210, 200, 190))
    left = rng.choice((-12, 44))
    draw.rectangle((left, 8, left + 88, 112), fill=(236, 244, 248))
    draw.ellipse((left + 6, 74, left + 60, 130), fill=(196, 214, 190))
    for x in (left, left + 44, left + 86):
        draw.rectangle((x, 8, x + 3, 112), fill=(250, 248, 244))


def _sea(_image: Image.Image, draw: ImageDraw.ImageDraw, rng: Random) -> None:
    horizon = rng.randint(76, 92)
    warm = happens(0.4, rng)
    _gradient(
        draw, (252, 214, 190) if warm else (186, 216, 238), (250, 236, 216) if warm else (232, 242, 246), 0, horizon
    )
    _gradient(draw, (120, 160, 186), (168, 200, 208), horizon, 124)
    draw.rectangle((0, 124, W, H), fill=(232, 218, 190))


def _street(_image: Image.Image, draw: ImageDraw.ImageDraw, rng: Random) -> None:
    _gradient(draw, (220, 228, 234), (196, 196, 198))
    for x in range(-6, W, 22):
        tone = rng.choice(((198, 178, 160), (178, 190, 200), (216, 204, 190), (168, 160, 160)))
        draw.rectangle((x, rng.randint(4, 46), x + 21, 122), fill=tone)
    for _leaf in range(7):
        x, y = rng.randint(0, W), rng.randint(60, 100)
        draw.ellipse((x - 12, y - 10, x + 12, y + 10), fill=(150, 176, 132))


def _evening(_image: Image.Image, draw: ImageDraw.ImageDraw, rng: Random) -> None:
    _gradient(draw, (66, 72, 104), (132, 112, 126))
    for _light in range(26):
        x, y, r = rng.randint(0, W), rng.randint(0, H), rng.randint(3, 8)
        tone = rng.choice(((250, 212, 150), (244, 184, 160), (178, 196, 232), (255, 232, 190)))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=mixed((100, 96, 120), tone, rng.uniform(0.4, 0.85)))


_KINDS = {
    "studio": _studio,
    "park": _park,
    "cafe": _cafe,
    "window": _window,
    "sea": _sea,
    "street": _street,
    "evening": _evening,
}
