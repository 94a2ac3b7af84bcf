"""The file of rejected rows: why, and the row as it was, to be corrected and imported again."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Self, TextIO

from django.utils.translation import get_language

from .cells import escaped, unescaped
from .headers import ANNOTATIONS, Layout
from .labels import ENGLISH
from .rows import RejectedRow

READABLE_BY_OWNER = 0o600


class RejectsFile:
    """Line, field, reason, then the original cells. Made with the first row, readable by its owner only.

    A row keeps its number of cells, also a wrong one: filled up, it would pass on the second import with its cells
    shifted. UTF-8 with a byte order mark, so that Excel shows Korean.
    """

    def __init__(self, path: Path, layout: Layout, delimiter: str) -> None:
        self.path = path
        self._layout = layout
        self._delimiter = delimiter
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._file:
            self._file.close()

    @property
    def exists(self) -> bool:
        return self._file is not None

    def write(self, rows: Sequence[RejectedRow]) -> None:
        if not rows:
            return
        if self._file is None:
            self._file = self._opened()
        writer = csv.writer(self._file, delimiter=self._delimiter)
        for row in rows:
            writer.writerow([row.line, *_reasons(row), *self._original(row.cells)])

    def _opened(self) -> TextIO:
        self.path.touch(READABLE_BY_OWNER)
        file = self.path.open("w", encoding="utf-8-sig", newline="")
        annotations = ANNOTATIONS.get(get_language() or "", ANNOTATIONS[ENGLISH])
        csv.writer(file, delimiter=self._delimiter).writerow([*annotations, *self._original(self._layout.header)])
        return file

    def _original(self, cells: Sequence[str]) -> list[str]:
        """Return a row's cells without the reasons of an earlier import; none of them runs as a formula.

        A line that could not be split is one cell, and has no reasons in front.
        """
        annotations = self._layout.annotations if len(cells) > self._layout.annotations else 0
        return [escaped(unescaped(cell)) for cell in cells[annotations:]]


def _reasons(row: RejectedRow) -> tuple[str, str]:
    fields = "; ".join(problem.title or problem.column for problem in row.problems)
    return escaped(fields), escaped(" ".join(problem.reason for problem in row.problems))


def free_path(source: Path) -> Path:
    """Return `members.rejects.csv` beside `members.csv`, or the first numbered name that nothing has yet.

    An earlier file of rejects may hold corrections that somebody has made meanwhile. Links are followed, so that what
    is read as `/dev/stdin` is answered beside the file itself.
    """
    file = source.resolve()
    number, path = 1, file.with_suffix(".rejects.csv")
    while path.exists():
        number += 1
        path = file.with_suffix(f".rejects-{number}.csv")
    return path
