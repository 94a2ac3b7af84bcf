"""Stacked columns over a row of weeks or days, laid out for a drawing that the server writes (`partials/chart.html`).

The drawing is measured in units of about a pixel on a phone, and grows with its column; what it shows stands in a table
beside it, for whoever reads no pictures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise

WIDTH, HEIGHT = 360, 188
LEFT, TOP, BOTTOM = 34, 20, 20
COLUMN_FILL = 0.66  # of its place, the rest is air
GRID_LINES = 4


@dataclass(frozen=True)
class Series:
    """One part of every column; `tone` is its colour: `strong`, `soft` or `faint`."""

    label: str | Promise
    tone: str
    values: Sequence[int]


@dataclass(frozen=True)
class Rect:
    """A part of a column as the drawing places it: written numbers, which no language spells in its own way."""

    tone: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Column:
    """`mark` stands above the column; `is_labelled` columns carry their label below: not all of these would fit."""

    label: str
    values: tuple[int, ...]
    mark: str
    center: str
    mark_y: str
    is_labelled: bool
    rects: tuple[Rect, ...]


@dataclass(frozen=True)
class GridLine:
    y: str
    label_y: str
    value: int


@dataclass(frozen=True)
class ColumnChart:
    """`marks` has a short text for each column, headed `marks_title` in the table; `summary` says what it shows.

    The first series lies at the bottom. A chart of nothing but zeros is drawn with an empty scale.
    """

    key: str
    title: str
    summary: str
    labels_title: str
    marks_title: str
    labels: Sequence[str]
    series: Sequence[Series]
    marks: Sequence[str]

    width, height, left = WIDTH, HEIGHT, LEFT
    baseline = HEIGHT - BOTTOM

    @property
    def grid(self) -> list[GridLine]:
        step, lines = self._scale
        return [
            GridLine(_written(self._y(step * line)), _written(self._y(step * line) + 3.5), step * line)
            for line in range(lines + 1)
        ]

    @property
    def columns(self) -> list[Column]:
        last = len(self.labels) - 1
        return [
            Column(
                label=label,
                values=self._values(at),
                mark=self.marks[at],
                center=_written(self._center(at)),
                mark_y=_written(self._y(sum(self._values(at))) - 5),
                is_labelled=(last - at) % 2 == 0,
                rects=tuple(self._rects(at)),
            )
            for at, label in enumerate(self.labels)
        ]

    def _values(self, at: int) -> tuple[int, ...]:
        return tuple(series.values[at] for series in self.series)

    def _rects(self, at: int) -> Iterator[Rect]:
        width = self._place * COLUMN_FILL
        bounds = [0]
        for value in self._values(at):
            bounds.append(bounds[-1] + value)
        for series, (low, high) in zip(self.series, pairwise(bounds), strict=True):
            if high > low:
                top = self._y(high)
                x = self._center(at) - width / 2
                yield Rect(series.tone, _written(x), _written(top), _written(width), _written(self._y(low) - top))

    @property
    def _place(self) -> float:
        return (WIDTH - LEFT) / max(1, len(self.labels))

    def _center(self, at: int) -> float:
        return LEFT + self._place * (at + 0.5)

    def _y(self, value: int) -> float:
        step, lines = self._scale
        return self.baseline - (self.baseline - TOP) * value / (step * lines)

    @property
    def _scale(self) -> tuple[int, int]:
        """Return the step between two grid lines (1, 2 or 5 times a power of ten), and how many steps there are."""
        highest = max((sum(self._values(at)) for at in range(len(self.labels))), default=0)
        power = 1
        while True:
            for step in (power, 2 * power, 5 * power):
                if step * GRID_LINES >= highest:
                    return step, max(1, -(-highest // step))
            power *= 10


def _written(number: float) -> str:
    return f"{number:.1f}"
