"""Who looks at a page, and when, written across it: a photograph of the screen says where it came from."""

import math

from PIL import Image, ImageDraw, ImageFont

ANGLE = 28
OPACITY = 46
LETTERS_ACROSS = 40
LEAST_SIZE = 14


def stamp(image: Image.Image, text: str, font_file: str | None) -> Image.Image:
    """Return the picture with the text tiled across it, in grey that reads on dark and on light paper."""
    text = _writable(text, font_file)
    if not text:
        return image
    tile = _tile(text, _font(font_file, max(LEAST_SIZE, max(image.size) // LETTERS_ACROSS)))
    layer = Image.new("RGBA", image.size)
    for row, top in enumerate(range(0, image.height, tile.height)):
        for left in range(-(row % 2) * tile.width // 2, image.width, tile.width):
            layer.paste(tile, (left, top))
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


def _font(font_file: str | None, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.truetype(font_file, size) if font_file else ImageFont.load_default(size)


def _writable(text: str, font_file: str | None) -> str:
    """Pillow's own font knows no Hangul: what it cannot write is left out, an e-mail address and the time stay."""
    return text if font_file else text.encode("ascii", "ignore").decode().strip(" ·")


def _tile(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> Image.Image:
    left, top, right, bottom = (math.ceil(edge) for edge in font.getbbox(text))
    line = Image.new("RGBA", (right - left + (bottom - top) * 3, (bottom - top) * 3))
    pen = ImageDraw.Draw(line)
    for shift, shade in ((1, 255), (0, 0)):
        pen.text((shift - left, bottom - top + shift), text, font=font, fill=(shade, shade, shade, OPACITY))
    return line.rotate(ANGLE, expand=True)
