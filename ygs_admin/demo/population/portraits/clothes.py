"""Neck and clothes, by kind."""

from collections.abc import Callable

from .canvas import Canvas, darker, mirrored
from .jackets import draw_blazer, draw_cardigan, draw_suit
from .looks import Face, Setting
from .measures import CX, CY
from .tops import COLLAR, draw_blouse, draw_hoodie, draw_knit, draw_shirt, draw_tee, draw_turtleneck


def draw_neck(canvas: Canvas, face: Face) -> None:
    half = 43.0 if face.is_man else 33.0
    skin = darker(face.skin, 0.07)
    canvas.shape(
        mirrored(
            [
                (CX + half, CY + 50),
                (CX + half, COLLAR - 26),
                (CX + half + 52, COLLAR + 22),
                (CX + half + 60, COLLAR + 120),
            ]
        ),
        skin,
    )
    canvas.blob(
        mirrored([(CX + half, CY + 60), (CX + half, CY + 106), (CX + half * 0.5, CY + 134), (CX, CY + 141)]),
        darker(face.skin, 0.19),
    )


def draw_clothes(canvas: Canvas, face: Face, setting: Setting) -> None:
    _KINDS[setting.clothes](canvas, face, setting)


_KINDS: dict[str, Callable[[Canvas, Face, Setting], None]] = {
    "tee": draw_tee,
    "knit": draw_knit,
    "turtleneck": draw_turtleneck,
    "shirt": draw_shirt,
    "blouse": draw_blouse,
    "suit": draw_suit,
    "blazer": draw_blazer,
    "cardigan": draw_cardigan,
    "hoodie": draw_hoodie,
}
