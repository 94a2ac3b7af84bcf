"""A canvas for flat drawings: smooth shapes, drawn three times too large and scaled down, so that edges are soft."""

from collections.abc import Sequence
from math import cos, hypot, pi, sin

from PIL import Image, ImageDraw

Point = tuple[float, float]
Colour = tuple[int, int, int]

WIDTH, HEIGHT = 480, 600
SUPERSAMPLING = 3
CURVE_STEPS = 8
ELLIPSE_POINTS = 36


class Canvas:
    """Draws in a figure's own units (480 x 600), scaled by `zoom` around the middle and moved by `shift`."""

    def __init__(self, backdrop: Image.Image, zoom: float, shift: Point) -> None:
        large = (WIDTH * SUPERSAMPLING, HEIGHT * SUPERSAMPLING)
        self._image = backdrop.resize(large, Image.Resampling.NEAREST)
        self._draw = ImageDraw.Draw(self._image)
        self._zoom, self._shift = zoom, shift
        self.tilt(0)

    def tilt(self, degrees: float, pivot: Point = (0, 0)) -> None:
        """Turn what is drawn from now on clockwise around a point."""
        angle = degrees * pi / 180
        self._cos, self._sin, self._pivot = cos(angle), sin(angle), pivot

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        self._draw.polygon([self._placed(point) for point in points], fill=fill)

    def blob(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill the closed smooth curve through these points."""
        self.shape(closed_curve(points), fill)

    def ellipse(self, centre: Point, rx: float, ry: float, fill: Colour, turn: float = 0.0) -> None:
        self.shape(ellipse_points(centre, rx, ry, turn), fill)

    def soft_ellipse(self, centre: Point, rx: float, ry: float, colour: Colour, ground: Colour) -> None:
        """Fill an ellipse that fades into its ground."""
        for step in range(1, 7):
            share = step / 6
            self.ellipse(centre, rx * (1.3 - 0.75 * share), ry * (1.3 - 0.75 * share), mixed(ground, colour, share))

    def stroke(self, points: Sequence[Point], width: float, fill: Colour, *, tapered: bool = True) -> None:
        """Draw the smooth open curve through these points as a brush would: thickest in the middle when tapered."""
        line = open_curve(points)
        left, right = [], []
        for place, (x, y) in enumerate(line):
            (x0, y0), (x1, y1) = line[max(0, place - 1)], line[min(len(line) - 1, place + 1)]
            length = hypot(x1 - x0, y1 - y0) or 1.0
            swell = 0.25 + 0.75 * sin(pi * place / (len(line) - 1)) if tapered else 1.0
            dx, dy = -(y1 - y0) / length * width / 2 * swell, (x1 - x0) / length * width / 2 * swell
            left.append((x + dx, y + dy))
            right.append((x - dx, y - dy))
        self.shape(left + right[::-1], fill)

    def ring(self, outline: Sequence[Point], width: float, fill: Colour) -> None:
        """Draw a closed outline of even width."""
        placed = [self._placed(point) for point in [*outline, outline[0], outline[1]]]
        self._draw.line(placed, fill=fill, width=round(width * SUPERSAMPLING * self._zoom), joint="curve")

    def finished(self) -> Image.Image:
        return self._image.reduce(SUPERSAMPLING)

    def _placed(self, point: Point) -> Point:
        x, y = point[0] - self._pivot[0], point[1] - self._pivot[1]
        x, y = x * self._cos - y * self._sin + self._pivot[0], x * self._sin + y * self._cos + self._pivot[1]
        x = (x - WIDTH / 2) * self._zoom + WIDTH / 2 + self._shift[0]
        y = (y - HEIGHT / 2) * self._zoom + HEIGHT / 2 + self._shift[1]
        return x * SUPERSAMPLING, y * SUPERSAMPLING


def closed_curve(points: Sequence[Point]) -> list[Point]:
    """Return a Catmull-Rom curve through all points, and back to the first."""
    count = len(points)
    return [
        at for place in range(count) for at in _segment(*(points[(place + offset) % count] for offset in (-1, 0, 1, 2)))
    ]


def open_curve(points: Sequence[Point]) -> list[Point]:
    """Return a Catmull-Rom curve from the first point through all others to the last."""
    padded = [points[0], *points, points[-1]]
    pieces = [at for place in range(len(points) - 1) for at in _segment(*padded[place : place + 4])]
    return [*pieces, points[-1]]


def _segment(before: Point, start: Point, end: Point, after: Point) -> list[Point]:
    curve = []
    for step in range(CURVE_STEPS):
        t = step / CURVE_STEPS
        a, b = -0.5 * t + t * t - 0.5 * t**3, 1 - 2.5 * t * t + 1.5 * t**3
        c, d = 0.5 * t + 2 * t * t - 1.5 * t**3, -0.5 * t * t + 0.5 * t**3
        curve.append(
            (
                a * before[0] + b * start[0] + c * end[0] + d * after[0],
                a * before[1] + b * start[1] + c * end[1] + d * after[1],
            )
        )
    return curve


def ellipse_points(centre: Point, rx: float, ry: float, turn: float = 0.0) -> list[Point]:
    """Return an ellipse as a polygon; `turn` in degrees, clockwise."""
    angle = turn * pi / 180
    points = []
    for step in range(ELLIPSE_POINTS):
        x, y = rx * cos(2 * pi * step / ELLIPSE_POINTS), ry * sin(2 * pi * step / ELLIPSE_POINTS)
        points.append((centre[0] + x * cos(angle) - y * sin(angle), centre[1] + x * sin(angle) + y * cos(angle)))
    return points


def mirrored(points: Sequence[Point]) -> list[Point]:
    """Return a half outline, drawn from top to bottom on the right, closed by its mirror image on the left."""
    return [*points, *((WIDTH - x, y) for x, y in reversed(points) if x != WIDTH / 2)]


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return `one` with that share of `other`."""
    r, g, b = (round(a + (z - a) * share) for a, z in zip(one, other, strict=True))
    return r, g, b


def darker(colour: Colour, share: float) -> Colour:
    return mixed(colour, (32, 22, 40), share)


def lighter(colour: Colour, share: float) -> Colour:
    return mixed(colour, (255, 250, 240), share)
