"""Mouths: a slight smile, a closed and an open one."""

from collections.abc import Callable

from .canvas import Canvas, Colour, darker, lighter, mixed
from .looks import Face
from .measures import CX, MOUTH, WHITE


def draw_mouth(canvas: Canvas, face: Face, smile: str) -> None:
    _MOUTHS[smile](canvas, face)


def _lip_tone(face: Face) -> Colour:
    return mixed(face.skin, face.lips, 0.5 if face.is_man else 0.9)


def _closed_smile(canvas: Canvas, face: Face, lift: float = 6.0) -> None:
    w, lips = face.mouth_width, _lip_tone(face)
    full = 5.5 if face.is_man else 8
    corners = ((CX - w, MOUTH - lift * 0.6), (CX + w, MOUTH - lift * 0.6))
    canvas.blob(
        [
            corners[0],
            (CX - w * 0.3, MOUTH - full * 0.75),
            (CX, MOUTH - full * 0.4),
            (CX + w * 0.3, MOUTH - full * 0.75),
            corners[1],
            (CX, MOUTH + lift * 0.5),
        ],
        lips,
    )
    canvas.blob(
        [
            corners[0],
            (CX, MOUTH + lift * 0.4),
            corners[1],
            (CX + w * 0.5, MOUTH + full),
            (CX, MOUTH + full * 1.35),
            (CX - w * 0.5, MOUTH + full),
        ],
        lighter(lips, 0.1),
    )
    canvas.stroke(
        [
            corners[0],
            (CX - w * 0.5, MOUTH + lift * 0.15),
            (CX, MOUTH + lift * 0.45),
            (CX + w * 0.5, MOUTH + lift * 0.15),
            corners[1],
        ],
        2.8,
        darker(lips, 0.42),
        tapered=False,
    )
    for x, y in corners:
        canvas.ellipse((x, y), 1.9, 1.9, darker(lips, 0.35))


def _slight_smile(canvas: Canvas, face: Face) -> None:
    _closed_smile(canvas, face, lift=2.5)


def _open_smile(canvas: Canvas, face: Face) -> None:
    w, lips = face.mouth_width * 1.12, _lip_tone(face)
    left, right = (CX - w, MOUTH - 6), (CX + w, MOUTH - 6)
    lip = 3.0 if face.is_man else 4.6
    canvas.blob(
        [
            (left[0] - 2, left[1] - 1),
            (CX, MOUTH - 3 - lip),
            (right[0] + 2, right[1] - 1),
            (CX + w * 0.55, MOUTH + 12 + lip),
            (CX, MOUTH + 16 + lip),
            (CX - w * 0.55, MOUTH + 12 + lip),
        ],
        lips,
    )
    canvas.blob(
        [left, (CX, MOUTH - 2), right, (CX + w * 0.5, MOUTH + 10), (CX, MOUTH + 14), (CX - w * 0.5, MOUTH + 10)],
        darker(lips, 0.55),
    )
    canvas.blob(
        [
            (left[0] + 4, left[1] + 1.5),
            (CX, MOUTH - 0.5),
            (right[0] - 4, right[1] + 1.5),
            (CX + w * 0.5, MOUTH + 5),
            (CX, MOUTH + 8),
            (CX - w * 0.5, MOUTH + 5),
        ],
        WHITE,
    )


_MOUTHS: dict[str, Callable[[Canvas, Face], None]] = {
    "closed": _closed_smile,
    "slight": _slight_smile,
    "open": _open_smile,
}
