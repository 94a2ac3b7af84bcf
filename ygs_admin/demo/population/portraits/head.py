"""The head without its hair: skull, ears, eyes, brows, nose, mouth, glasses."""

from .canvas import Canvas, Colour, Point, closed_curve, darker, ellipse_points, lighter, mirrored, mixed
from .looks import Face, Setting
from .measures import BROWS, CX, CY, EYES, MOUTH, NOSE, TOP, WHITE
from .mouths import draw_mouth

IRIS: Colour = (58, 40, 34)
BLUSH: Colour = (238, 142, 130)


def head_outline(face: Face) -> list[Point]:
    width, chin = face.half_width, CY + face.chin
    return mirrored(
        [
            (CX, TOP),
            (CX + width * 0.72, TOP + 30),
            (CX + width, CY - 32),
            (CX + width * 0.98, CY + 22),
            (CX + width * face.jaw, CY + 76),
            (CX + width * 0.34, chin - 5),
            (CX, chin),
        ]
    )


def draw_ears(canvas: Canvas, face: Face) -> None:
    for side in (-1, 1):
        centre = (CX + side * (face.half_width + 1), CY + 8)
        canvas.ellipse(centre, 12, 23, darker(face.skin, 0.06), side * 8)
        canvas.ellipse((centre[0] + side * 1, centre[1]), 6, 14, darker(face.skin, 0.16), side * 8)


def draw_head(canvas: Canvas, face: Face) -> None:
    canvas.blob(head_outline(face), face.skin)
    for side in (-1, 1):
        cheek = (CX + side * face.half_width * 0.6, CY + 44)
        strength = 0.16 if face.is_man else 0.3
        canvas.soft_ellipse(cheek, 23, 15, mixed(face.skin, BLUSH, strength), face.skin)
    if face.stubble:
        _draw_stubble(canvas, face)


def _draw_stubble(canvas: Canvas, face: Face) -> None:
    tone = mixed(face.skin, (96, 88, 92), 0.16)
    canvas.soft_ellipse((CX, MOUTH + 26), face.half_width * 0.46, 19, tone, face.skin)
    canvas.soft_ellipse((CX, MOUTH - 14), 26, 7, tone, face.skin)


def draw_features(canvas: Canvas, face: Face, setting: Setting) -> None:
    for side in (-1, 1):
        _draw_eye(canvas, face, setting, side)
        _draw_brow(canvas, face, side)
    _draw_nose(canvas, face)
    draw_mouth(canvas, face, setting.smile)
    if face.has_lines:
        _draw_lines(canvas, face)
    if face.glasses and setting.wears_glasses:
        _draw_glasses(canvas, face)


def _draw_eye(canvas: Canvas, face: Face, setting: Setting, side: int) -> None:
    x, w = CX + side * face.eye_gap, face.eye_width
    h = face.eye_height * (0.86 if setting.smile == "open" else 1.0)
    tilt = side * face.eye_tilt
    lid, lash = darker(face.skin, 0.28), mixed(face.hair, (30, 22, 24), 0.6)
    canvas.ellipse((x, EYES), w, h, WHITE, tilt)
    canvas.ellipse((x, EYES - h * 0.08), h * 1.02, h * 1.02, IRIS)
    canvas.ellipse((x, EYES - h * 0.08), h * 0.55, h * 0.55, (24, 18, 20))
    canvas.ellipse((x - 2.4, EYES - h * 0.4), 2.1, 2.1, WHITE)
    inner, outer = (x - side * w, EYES + 1.5 - side * 0), (x + side * (w + 1.5), EYES + face.eye_tilt * 0.25)
    crown = (x + side * w * 0.1, EYES - h * 1.02)
    middle = (x + side * w * 0.62, EYES - h * 0.72)
    canvas.stroke(
        [inner, (x - side * w * 0.55, EYES - h * 0.78), crown, middle, outer], 4.6 if face.is_man else 5.4, lash
    )
    if not face.is_man:
        canvas.stroke([middle, (outer[0] + side * 1, outer[1] - 1), (outer[0] + side * 3.5, outer[1] - 3)], 3.0, lash)
    if face.double_lid:
        canvas.stroke([(inner[0], EYES - h * 0.9), (crown[0], EYES - h * 1.75), (outer[0], EYES - h * 0.9)], 2.2, lid)
    canvas.stroke([(x - w * 0.6, EYES + h * 1.25), (x, EYES + h * 1.45), (x + w * 0.6, EYES + h * 1.25)], 1.6, lid)


def _draw_brow(canvas: Canvas, face: Face, side: int) -> None:
    x, w = CX + side * face.eye_gap, face.eye_width * 1.45
    tone = mixed(face.hair, face.skin, 0.2)
    arch = face.brow_arch
    canvas.stroke(
        [
            (x - side * w * 0.9, BROWS + 2),
            (x - side * w * 0.2, BROWS - arch * 0.7),
            (x + side * w * 0.45, BROWS - arch),
            (x + side * w, BROWS + 3.5),
        ],
        face.brow_weight,
        tone,
    )


def _draw_nose(canvas: Canvas, face: Face) -> None:
    shade = darker(face.skin, 0.2)
    w = 9.5 * face.nose * (1.12 if face.is_man else 1.0)
    canvas.stroke(
        [
            (CX - w, NOSE - 1),
            (CX - w * 0.5, NOSE + 4.5),
            (CX, NOSE + 5.5),
            (CX + w * 0.5, NOSE + 4.5),
            (CX + w, NOSE - 1),
        ],
        3.4,
        shade,
    )
    canvas.stroke([(CX + 6, CY - 6), (CX + 8, NOSE - 22), (CX + 7, NOSE - 10)], 2.6, darker(face.skin, 0.09))
    canvas.soft_ellipse((CX - 1, NOSE - 8), 4.5, 8, lighter(face.skin, 0.32), face.skin)


def _draw_lines(canvas: Canvas, face: Face) -> None:
    shade = darker(face.skin, 0.13)
    for side in (-1, 1):
        canvas.stroke(
            [(CX + side * 19, NOSE + 3), (CX + side * 29, NOSE + 17), (CX + side * 34, MOUTH - 4)], 2.6, shade
        )
        x = CX + side * face.eye_gap
        canvas.stroke([(x - 12, EYES + 15), (x, EYES + 19), (x + 12, EYES + 15)], 2.2, shade)


def _draw_glasses(canvas: Canvas, face: Face) -> None:
    frame: Colour = (52, 46, 50) if face.glasses != "thin" else (150, 128, 104)
    width = 3.6 if face.glasses != "thin" else 2.2
    for side in (-1, 1):
        x = CX + side * (face.eye_gap + 1)
        canvas.ring(_lens(face.glasses or "", (x, EYES + 4)), width, frame)
        canvas.stroke(
            [(x + side * 26, EYES - 4), (CX + side * (face.half_width + 3), CY - 6)], width, frame, tapered=False
        )
    canvas.stroke(
        [(CX - face.eye_gap + 25, EYES - 1), (CX, EYES - 6), (CX + face.eye_gap - 25, EYES - 1)],
        width,
        frame,
        tapered=False,
    )


def _lens(kind: str, centre: Point) -> list[Point]:
    x, y = centre
    if kind == "square":
        return closed_curve(
            [
                (x - 25, y - 14),
                (x, y - 17),
                (x + 25, y - 14),
                (x + 25, y + 8),
                (x + 12, y + 18),
                (x - 12, y + 18),
                (x - 25, y + 8),
            ]
        )
    return ellipse_points(centre, 25.5, 22 if kind == "round" else 18)
