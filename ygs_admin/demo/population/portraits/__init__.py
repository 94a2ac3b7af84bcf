"""Drawn portraits: a pool of people, each in four settings, that stands in for members' photos.

The pool is the same for every population: a member keeps to one drawn person of the own gender and age.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image

from ..draws import stream
from .backdrops import backdrop
from .canvas import Canvas
from .clothes import draw_clothes, draw_neck
from .hair import COVERS_EARS, draw_hair_before, draw_hair_behind
from .head import draw_ears, draw_features, draw_head
from .looks import Face, Setting, draw_face, draw_setting
from .measures import CX, CY

POOL_SEED = 2024
SETTINGS = 4
# Ages up to this one → how many people are drawn for them, per gender.
AGE_BANDS = ((28, 18), (33, 24), (38, 16), (44, 9), (99, 7))
THUMBNAIL_SHRINKS = 5
QUALITY = 82
NAPE = (CX, CY + 120)
LOWERED = 14.0  # so that high hair stays in the picture


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture of the pool: which person of which band, in which setting."""

    gender: str
    band: int
    number: int
    setting: int

    @property
    def name(self) -> str:
        return f"{self.gender}-{AGE_BANDS[self.band][0]}-{self.number:02}-{self.setting}"


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture of 480 x 600 pixels and its thumbnail of 96 x 120, both JPEG."""

    picture: bytes
    thumbnail: bytes


def drawings_of(gender: str, age: int, rng: Random) -> list[Drawing]:
    """Return one drawn person of this gender and age, in all settings, in random order."""
    band = next(place for place, (until, _people) in enumerate(AGE_BANDS) if age <= until)
    number = rng.randrange(AGE_BANDS[band][1])
    return [Drawing(gender, band, number, setting) for setting in rng.sample(range(SETTINGS), SETTINGS)]


def every_drawing() -> Iterator[Drawing]:
    """Yield the whole pool."""
    for gender in ("male", "female"):
        for band, (_until, people) in enumerate(AGE_BANDS):
            for number in range(people):
                yield from (Drawing(gender, band, number, setting) for setting in range(SETTINGS))


def drawn(drawing: Drawing) -> Portrait:
    """Draw one picture; see the tests for its size, and allow some 15 ms of one core."""
    image = picture(drawing)
    return Portrait(_jpeg(image), _jpeg(image.reduce(THUMBNAIL_SHRINKS)))


def picture(drawing: Drawing) -> Image.Image:
    person = stream(POOL_SEED, drawing.gender, drawing.band, drawing.number)
    lowest = AGE_BANDS[drawing.band - 1][0] if drawing.band else 22
    face = draw_face(drawing.gender, person.randint(lowest + 1, min(58, AGE_BANDS[drawing.band][0])), person)
    rng = stream(POOL_SEED, drawing.name)
    return _composed(face, draw_setting(drawing.gender, rng), rng)


def _composed(face: Face, setting: Setting, rng: Random) -> Image.Image:
    """Draw from back to front: background, hair behind, neck and clothes, head, features, hair before."""
    canvas = Canvas(backdrop(setting.backdrop, rng), setting.zoom, (setting.shift, LOWERED))
    canvas.tilt(setting.tilt, NAPE)
    draw_hair_behind(canvas, face)
    canvas.tilt(0)
    draw_neck(canvas, face)
    draw_clothes(canvas, face, setting)
    canvas.tilt(setting.tilt, NAPE)
    if face.hair_style not in COVERS_EARS:
        draw_ears(canvas, face)
    draw_head(canvas, face)
    draw_features(canvas, face, setting)
    draw_hair_before(canvas, face)
    return canvas.finished()


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()
