"""Where the parts of a face lie on the canvas."""

from .canvas import WIDTH, Colour

CX = WIDTH / 2
CY = 262.0  # the line of the ears
TOP = 148.0
BROWS, EYES, NOSE, MOUTH = CY - 27, CY + 2, CY + 40, CY + 71
WHITE: Colour = (252, 250, 248)
