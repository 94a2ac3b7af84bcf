"""Hair: what hangs behind the head, and the cap over it with its hairline."""

from collections.abc import Callable, Sequence

from .canvas import WIDTH, Canvas, Point, darker, lighter, open_curve
from .cuts import CUTS, Cut, Spot
from .looks import Face
from .measures import CX, CY, TOP

ENDS_OF_LONG_HAIR = 530.0
WAVE = 8.0
SHADE = 0.12  # hair behind the head lies in its shadow
COVERS_EARS = frozenset(("long_straight", "long_waves", "long_fringe", "bob", "bob_fringe"))


def draw_hair_behind(canvas: Canvas, face: Face) -> None:
    behind = _BEHIND.get(face.hair_style)
    if behind:
        behind(canvas, face)


def draw_hair_before(canvas: Canvas, face: Face) -> None:
    """Fill from the temples over the crown down to the hairline, with a shadow on the brow."""
    cut = CUTS[face.hair_style]
    lift = cut.lift * face.hair_volume
    outer, line = _crown(face, cut, lift), _placed(face, cut, cut.hairline)
    shadow = [(x, y + 5) for x, y in open_curve(line)]
    canvas.shape([*open_curve(outer[2:7]), *shadow], darker(face.skin, 0.15))
    canvas.shape([*open_curve(outer), *open_curve(line)], face.hair)
    _draw_shine(canvas, face, lift)
    for strand in cut.strands:
        canvas.stroke(_placed(face, cut, strand), 3.0, darker(face.hair, cut.strand_is_dark))
    if cut.has_curls:
        _draw_curls(canvas, face)
    if cut.has_loose_strands:
        _draw_loose_strands(canvas, face)


def _crown(face: Face, cut: Cut, lift: float) -> list[Point]:
    """Return the outer edge from the left side over the top to the right."""
    width, sides = face.half_width, cut.sides
    right: list[Point] = [
        (CX + width * 0.45, TOP + 3 - lift * 0.85),
        (CX + width * 0.84 + sides, TOP + 30 - lift * 0.3),
        (CX + width + sides, CY - 34),
        (CX + width + sides * 0.4, CY + cut.reach),
    ]
    return [*_mirror_image(right), (CX, TOP - lift), *right]


def _placed(face: Face, cut: Cut, spots: Sequence[Spot]) -> list[Point]:
    points = [(CX + share * face.half_width, CY + below) for share, below in spots]
    return _mirror_image(points) if face.parts_left and cut.mirrors else points


def _mirror_image(points: Sequence[Point]) -> list[Point]:
    return [(WIDTH - x, y) for x, y in reversed(points)]


def _draw_shine(canvas: Canvas, face: Face, lift: float) -> None:
    tone, width = lighter(face.hair, 0.16), face.half_width
    for start, end, drop in ((-0.62, 0.1, 0.0), (-0.48, -0.02, 9.0), (0.3, 0.62, 4.0)):
        top = TOP - lift * 0.55 + drop
        middle = CX + width * (start + end) / 2
        canvas.stroke([(CX + width * start, top + 12), (middle, top), (CX + width * end, top + 4)], 3.4, tone)


def _draw_curls(canvas: Canvas, face: Face) -> None:
    for place in range(9):
        x = CX + face.half_width * (-0.84 + 0.21 * place)
        y = TOP - 20 * face.hair_volume + (place - 4) ** 2 * 3.1
        canvas.ellipse((x, y), 20, 17, face.hair)
        canvas.stroke([(x - 9, y + 8), (x, y - 3), (x + 10, y + 6)], 2.6, lighter(face.hair, 0.1))


def _draw_loose_strands(canvas: Canvas, face: Face) -> None:
    width = face.half_width
    for side in (-1, 1):
        strand = [(CX + side * (width + off), CY + below) for off, below in ((-6, -36), (3, 4), (-4, 38))]
        canvas.stroke(strand, 5, face.hair)


def _draw_symmetric(canvas: Canvas, face: Face, half: list[Point]) -> None:
    """Fill a smooth shape given by its right half, from the middle above to the middle below."""
    canvas.blob([*half, *_mirror_image(half[1:-1])], darker(face.hair, SHADE))


def _long(canvas: Canvas, face: Face, wave: float = 0.0) -> None:
    side, start = CX + face.half_width + 16, CY - 20
    half: list[Point] = [(CX, TOP - 10), (CX + face.half_width * 0.9, TOP + 10), (side, start)]
    for step in range(1, 7):
        swing = wave if step % 2 else -wave
        half.append((side + 1 + 10 * step / 6 + swing, start + (ENDS_OF_LONG_HAIR - start) * step / 6))
    half += [(CX + face.half_width * 0.6, ENDS_OF_LONG_HAIR + 12), (CX, ENDS_OF_LONG_HAIR)]
    _draw_symmetric(canvas, face, half)


def _long_waves(canvas: Canvas, face: Face) -> None:
    _long(canvas, face, WAVE)


def _bob(canvas: Canvas, face: Face) -> None:
    width, end = face.half_width, CY + 122
    sides = [(CX + width + off, y) for off, y in ((15, CY - 20), (22, CY + 50), (17, end - 12))]
    top = [(CX, TOP - 10), (CX + width * 0.9, TOP + 10)]
    _draw_symmetric(canvas, face, [*top, *sides, (CX + width * 0.66, end), (CX, end - 14)])


def _ponytail(canvas: Canvas, face: Face) -> None:
    side, width = (-1 if face.parts_left else 1), face.half_width
    outline = ((30 - width, -60), (24, -20), (40, 60), (22, 168), (-6, 176), (-4, 60))
    canvas.blob([(CX + side * (width + off), CY + below) for off, below in outline], darker(face.hair, SHADE))


def _bun(canvas: Canvas, face: Face) -> None:
    canvas.ellipse((CX + (10 if face.parts_left else -10), TOP - 26), 43, 36, darker(face.hair, 0.1))
    canvas.stroke([(CX - 30, TOP - 30), (CX, TOP - 46), (CX + 28, TOP - 34)], 4, lighter(face.hair, 0.12))


def _short(canvas: Canvas, face: Face) -> None:
    width = face.half_width
    half = [
        (CX, TOP - 10),
        (CX + width + 8, CY - 30),
        (CX + width + 4, CY + 62),
        (CX + width * 0.6, CY + 92),
        (CX, CY + 92),
    ]
    _draw_symmetric(canvas, face, half)


_BEHIND: dict[str, Callable[[Canvas, Face], None]] = {
    "long_straight": _long,
    "long_waves": _long_waves,
    "long_fringe": _long,
    "bob": _bob,
    "bob_fringe": _bob,
    "ponytail": _ponytail,
    "bun": _bun,
    "short": _short,
}
