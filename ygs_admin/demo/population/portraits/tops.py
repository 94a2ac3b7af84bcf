"""The upper body, and what is worn next to it: shirts, blouses, knitwear, hoods."""

from .canvas import HEIGHT, WIDTH, Canvas, Colour, Point, darker, lighter, mirrored
from .looks import Face, Setting
from .measures import CX, CY

COLLAR = 430.0
FLOOR = HEIGHT + 60
BRIGHT = 330  # the sum of red, green and blue above which a fabric is a bright one


def shoulders(face: Face) -> tuple[float, float]:
    """Return the half width of the shoulders and of the neck's opening."""
    return (196.0, 52.0) if face.is_man else (160.0, 48.0)


def draw_body(canvas: Canvas, face: Face, fabric: Colour, neckline: list[Point]) -> None:
    """Fill shoulders and chest; the neckline runs from the right of the neck to its lowest point in the middle."""
    wide, _opening = shoulders(face)
    half = [
        *neckline[::-1],
        (CX + wide * 0.62, COLLAR + 22),
        (CX + wide * 0.9, COLLAR + 46),
        (CX + wide, COLLAR + 92),
        (CX + wide + 12, FLOOR),
    ]
    canvas.shape([*half, *((WIDTH - x, y) for x, y in reversed(half))], fabric)
    for side in (-1, 1):
        canvas.stroke(
            [(CX + side * wide * 0.8, COLLAR + 110), (CX + side * wide * 0.74, COLLAR + 160)], 3.5, darker(fabric, 0.22)
        )


def round_neck(face: Face, depth: float) -> list[Point]:
    _wide, opening = shoulders(face)
    return [
        (CX + opening, COLLAR - 6),
        (CX + opening * 0.8, COLLAR + depth * 0.62),
        (CX + opening * 0.4, COLLAR + depth * 0.93),
        (CX, COLLAR + depth),
    ]


def draw_band(canvas: Canvas, neckline: list[Point], width: float, fill: Colour) -> None:
    line = [*neckline, *((WIDTH - x, y) for x, y in neckline[-2::-1])]
    canvas.stroke(line, width, fill, tapered=False)


def draw_tee(canvas: Canvas, face: Face, setting: Setting) -> None:
    neckline = round_neck(face, 32)
    draw_body(canvas, face, setting.fabric, neckline)
    draw_band(canvas, neckline, 7, darker(setting.fabric, 0.14))


def draw_knit(canvas: Canvas, face: Face, setting: Setting) -> None:
    neckline = round_neck(face, 24)
    draw_body(canvas, face, setting.fabric, neckline)
    draw_band(canvas, neckline, 14, lighter(setting.fabric, 0.14))
    draw_band(canvas, [(x, y + 8) for x, y in neckline], 2.5, darker(setting.fabric, 0.2))


def draw_turtleneck(canvas: Canvas, face: Face, setting: Setting) -> None:
    draw_body(canvas, face, setting.fabric, round_neck(face, 10))
    half = 48 if face.is_man else 38
    canvas.blob(
        mirrored(
            [
                (CX + half * 0.6, CY + 118),
                (CX + half, CY + 124),
                (CX + half + 5, COLLAR + 8),
                (CX + half * 0.6, COLLAR + 24),
                (CX, COLLAR + 28),
            ]
        ),
        lighter(setting.fabric, 0.1),
    )
    canvas.stroke(
        [(CX - half, COLLAR - 12), (CX, COLLAR - 2), (CX + half, COLLAR - 12)], 3, darker(setting.fabric, 0.16)
    )


def v_neck(face: Face, depth: float) -> list[Point]:
    _wide, opening = shoulders(face)
    return [(CX + opening, COLLAR - 6), (CX + opening * 0.66, COLLAR + depth * 0.4), (CX, COLLAR + depth)]


def draw_shirt(canvas: Canvas, face: Face, setting: Setting) -> None:
    fabric = lighter(setting.fabric, 0.5)
    draw_body(canvas, face, fabric, v_neck(face, 52))
    draw_collar(canvas, face, lighter(fabric, 0.35), darker(fabric, 0.2))
    canvas.stroke([(CX, COLLAR + 54), (CX, FLOOR)], 3, darker(fabric, 0.16), tapered=False)
    for y in (COLLAR + 84, COLLAR + 130):
        canvas.ellipse((CX + 8, y), 4, 4, darker(fabric, 0.28))


def draw_collar(canvas: Canvas, face: Face, fabric: Colour, edge: Colour) -> None:
    _wide, opening = shoulders(face)
    for side in (-1, 1):
        flap: list[Point] = [
            (CX + side * (opening + 4), COLLAR - 16),
            (CX + side * 3, COLLAR + 46),
            (CX + side * 34, COLLAR + 66),
            (CX + side * (opening + 20), COLLAR + 18),
        ]
        canvas.shape(flap, fabric)
        canvas.stroke(flap[1:], 2.4, edge, tapered=False)


def draw_blouse(canvas: Canvas, face: Face, setting: Setting) -> None:
    fabric = lighter(setting.fabric, 0.4)
    neckline = v_neck(face, 58)
    draw_body(canvas, face, fabric, neckline)
    draw_band(canvas, neckline, 6, lighter(fabric, 0.3))
    canvas.stroke([(CX, COLLAR + 60), (CX - 4, COLLAR + 110), (CX + 2, FLOOR)], 3, darker(fabric, 0.14))
    canvas.ring(
        [
            (CX + 30, COLLAR - 4),
            (CX + 20, COLLAR + 22),
            (CX, COLLAR + 33),
            (CX - 20, COLLAR + 22),
            (CX - 30, COLLAR - 4),
            (CX - 20, COLLAR + 21),
            (CX, COLLAR + 32),
            (CX + 20, COLLAR + 21),
        ],
        1.4,
        (214, 178, 120),
    )


def draw_hoodie(canvas: Canvas, face: Face, setting: Setting) -> None:
    draw_body(canvas, face, setting.fabric, round_neck(face, 30))
    hood = darker(setting.fabric, 0.12)
    for side in (-1, 1):
        canvas.blob(
            [
                (CX + side * 40, COLLAR - 26),
                (CX + side * 78, COLLAR - 8),
                (CX + side * 92, COLLAR + 28),
                (CX + side * 52, COLLAR + 52),
                (CX + side * 6, COLLAR + 56),
                (CX + side * 30, COLLAR + 24),
            ],
            hood,
        )
        canvas.stroke(
            [(CX + side * 24, COLLAR + 50), (CX + side * 28, COLLAR + 92), (CX + side * 25, COLLAR + 124)],
            4.5,
            lighter(setting.fabric, 0.6),
            tapered=False,
        )
