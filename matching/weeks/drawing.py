"""Small pictures of a round, laid out for drawings that the server writes; each has its numbers in words beside it.

Coordinates are written out as text, so that no language spells them in its own way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from matching.engine.acceptance import MOST

BAR_WIDTH = 240
HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT = 320, 120
SQUARE = 160


@dataclass(frozen=True)
class Bar:
    """One of several values on one scale, `width` units long; `written` is what a person reads."""

    label: str | Promise
    written: str
    width: str


@dataclass(frozen=True)
class Bin:
    """One column of a histogram: from which score (in hundredths) to which, and how many there are."""

    least: int
    most: int
    count: int
    x: str
    y: str
    width: str
    height: str


def bars(values: Sequence[tuple[str | Promise, float, str]], *, full: float | None = None) -> list[Bar]:
    """Return bars of (label, value, written), the longest or `full` as long as the drawing."""
    longest = full or max((value for _label, value, _written in values), default=0)
    return [
        Bar(label, written, _number(BAR_WIDTH * max(0.0, value) / longest if longest else 0))
        for label, value, written in values
    ]


def histogram(counts: Sequence[int]) -> list[Bin]:
    """Return the columns of counts over equal parts of the scores that there are."""
    place, highest = HISTOGRAM_WIDTH / max(1, len(counts)), max(counts, default=0)
    return [_bin(at, count, len(counts), place, highest) for at, count in enumerate(counts)]


def curve(points: Sequence[tuple[float, float]]) -> str:
    """Return the points of a line through the unit square, as SVG's `points` wants them: y grows downwards there."""
    return " ".join(f"{_number(SQUARE * x)},{_number(SQUARE * (1 - y))}" for x, y in points)


def _bin(at: int, count: int, bins: int, place: float, highest: int) -> Bin:
    height = HISTOGRAM_HEIGHT * count / highest if highest else 0
    return Bin(
        least=round(100 * MOST * at / bins),
        most=round(100 * MOST * (at + 1) / bins),
        count=count,
        x=_number(at * place + 1),
        y=_number(HISTOGRAM_HEIGHT - height),
        width=_number(place - 2),
        height=_number(height),
    )


def _number(number: float) -> str:
    return f"{number:.1f}"
