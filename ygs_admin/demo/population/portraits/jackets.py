"""Suits, blazers and cardigans: what is worn open over something else."""

from .canvas import Canvas, Colour, Point, darker, lighter
from .looks import Face, Setting
from .measures import CX
from .tops import BRIGHT, COLLAR, FLOOR, draw_band, draw_body, draw_collar, round_neck, shoulders, v_neck


def _jacket(canvas: Canvas, face: Face, fabric: Colour) -> None:
    wide, opening = shoulders(face)
    for side in (-1, 1):
        front: list[Point] = [
            (CX + side * (opening + 6), COLLAR - 10),
            (CX + side * wide * 0.62, COLLAR + 14),
            (CX + side * wide * 0.95, COLLAR + 40),
            (CX + side * (wide + 7), COLLAR + 92),
            (CX + side * (wide + 20), FLOOR),
            (CX + side * 2, FLOOR),
            (CX + side * 24, COLLAR + 120),
        ]
        canvas.shape(front, fabric)
        lapel: list[Point] = [
            (CX + side * (opening + 4), COLLAR - 12),
            (CX + side * (opening + 34), COLLAR + 38),
            (CX + side * (opening + 16), COLLAR + 52),
            (CX + side * (opening + 26), COLLAR + 66),
            (CX + side * 22, COLLAR + 142),
        ]
        canvas.shape(lapel, lighter(fabric, 0.08))
        canvas.stroke(lapel[1:], 2.4, darker(fabric, 0.3), tapered=False)


def draw_suit(canvas: Canvas, face: Face, setting: Setting) -> None:
    shirt = setting.inner_fabric
    draw_body(canvas, face, shirt, v_neck(face, 40))
    tie = darker(setting.fabric, 0.15) if sum(setting.fabric) > BRIGHT else (150, 72, 76)
    canvas.shape(
        [
            (CX - 11, COLLAR + 36),
            (CX + 11, COLLAR + 36),
            (CX + 7, COLLAR + 54),
            (CX + 19, FLOOR),
            (CX - 19, FLOOR),
            (CX - 7, COLLAR + 54),
        ],
        tie,
    )
    canvas.shape(
        [(CX - 14, COLLAR + 32), (CX + 14, COLLAR + 32), (CX + 8, COLLAR + 56), (CX - 8, COLLAR + 56)],
        lighter(tie, 0.12),
    )
    draw_collar(canvas, face, shirt, darker(shirt, 0.18))
    _jacket(canvas, face, _dark(setting.fabric))


def _dark(fabric: Colour) -> Colour:
    """Suits come in dark cloth whatever the tie."""
    return darker(fabric, 0.62) if sum(fabric) > BRIGHT else darker(fabric, 0.2)


def draw_blazer(canvas: Canvas, face: Face, setting: Setting) -> None:
    neckline = round_neck(face, 42)
    draw_body(canvas, face, setting.inner_fabric, neckline)
    draw_band(canvas, neckline, 5, darker(setting.inner_fabric, 0.1))
    _jacket(canvas, face, setting.fabric)


def draw_cardigan(canvas: Canvas, face: Face, setting: Setting) -> None:
    neckline = round_neck(face, 30)
    draw_body(canvas, face, setting.inner_fabric, neckline)
    draw_band(canvas, neckline, 6, darker(setting.inner_fabric, 0.1))
    wide, opening = shoulders(face)
    for side in (-1, 1):
        front: list[Point] = [
            (CX + side * (opening + 5), COLLAR - 10),
            (CX + side * wide * 0.64, COLLAR + 15),
            (CX + side * wide * 0.95, COLLAR + 42),
            (CX + side * (wide + 6), COLLAR + 92),
            (CX + side * (wide + 18), FLOOR),
            (CX + side * 16, FLOOR),
            (CX + side * 36, COLLAR + 74),
        ]
        canvas.shape(front, setting.fabric)
        canvas.stroke([front[0], front[6], front[5]], 10, lighter(setting.fabric, 0.12), tapered=False)
