"""An open file of members: its header understood, its rows one at a time."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .cells import unescaped
from .columns import Column
from .encodings import encoding_of
from .errors import HeaderError
from .headers import Layout, column_of, layout_of
from .reading import Lines, Record, lines_of, records, split
from .rows import cleaned

DELIMITERS = (",", ";", "\t")
EXCEL_SEPARATOR = re.compile(r'"?sep=.?"?\s*', re.IGNORECASE)
"""A first line by which Excel is told the delimiter."""


@dataclass(frozen=True)
class Table:
    encoding: str
    delimiter: str
    layout: Layout
    lines: Lines

    @property
    def bytes_read(self) -> int:
        return self.lines.bytes_read

    def __iter__(self) -> Iterator[Record]:
        return records(self.lines, self.delimiter, self._is_row)

    def _is_row(self, text: str) -> bool:
        """Tell whether a line inside an open quote is a member's own row, which the quote would swallow.

        It is one if each required column has a value that makes sense, and all of them stand before any quotation
        mark. (After one the quote has closed: the line may be the rest of a quoted cell and what follows it.)
        """
        before_quote, quote, _rest = text.partition('"')
        cells = split(before_quote, self.delimiter)
        required = self.layout.required_positions
        if len(cells) <= max(required.values()) + 1 if quote else len(cells) != self.layout.width:
            return False
        return all(_makes_sense(column, cells[place]) for column, place in required.items())


@contextmanager
def opened(path: Path, *, ignore_unknown: bool = False) -> Iterator[Table]:
    """Open a file, find out its encoding and delimiter, and understand its header.

    Raises:
        UnreadableFileError: nothing of the file can be used; the message says why.
        OSError: it can't be opened.
    """
    encoding = encoding_of(path)
    with lines_of(path, encoding) as lines:
        _skip_to_header(lines)
        delimiter = _sniffed_delimiter(lines)
        header = next(records(lines, delimiter, lambda _line: False), None)
        if header is None:
            raise HeaderError([_("The file is empty.")])
        layout = layout_of([unescaped(cell) for cell in header.cells], ignore_unknown=ignore_unknown)
        yield Table(encoding.name, delimiter, layout, lines)


def _skip_to_header(lines: Lines) -> None:
    for line in lines:
        if line.text.strip() and not EXCEL_SEPARATOR.fullmatch(line.text):
            lines.give_back([line])
            return


def _sniffed_delimiter(lines: Lines) -> str:
    """Return the delimiter that makes the most known headers of the first line."""
    line = next(lines, None)
    if line is None:
        return DELIMITERS[0]
    lines.give_back([line])
    return max(DELIMITERS, key=lambda delimiter: sum(map(bool, map(column_of, split(line.text, delimiter)))))


def _makes_sense(column: Column, cell: str) -> bool:
    try:
        cleaned(column, cell)
    except ValidationError:
        return False
    return True
