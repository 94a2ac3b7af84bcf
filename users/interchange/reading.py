"""From a file to records, one at a time, however broken the file: nothing is lost and nothing raises.

A record is one row of a table: one physical line, or several where a quoted cell holds line breaks. The csv module
reads the cells; what it would do after a quotation mark that nobody closed, swallow every row up to the next one, is
prevented here.
"""

import csv
import io
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from .encodings import Encoding

RECORD_LIMIT = 100_000
"""Characters in one record. A longer one is not a member, and memory stays bounded."""


class Fault(Enum):
    """Why a physical line could not be read as cells."""

    UNBALANCED_QUOTES = "unbalanced_quotes"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the number of the physical line where it starts, its cells; with a fault, that line as its only cell."""

    line: int
    cells: list[str]
    fault: Fault | None = None


class Line(NamedTuple):
    number: int
    text: str
    is_cut: bool


class Lines:
    """The physical lines of a file, ended by CR, LF or both, numbered from 1; lines can be given back."""

    def __init__(self, text: TextIO, source: BinaryIO) -> None:
        self._text = text
        self._source = source
        self._given_back: deque[Line] = deque()
        self._number = 0

    @property
    def bytes_read(self) -> int:
        return self._source.tell()

    def __iter__(self) -> Iterator[Line]:
        return self

    def __next__(self) -> Line:
        if self._given_back:
            return self._given_back.popleft()
        text = self._text.readline(RECORD_LIMIT)
        if not text:
            raise StopIteration
        self._number += 1
        return Line(self._number, text, is_cut=self._skip_rest(text))

    def give_back(self, lines: list[Line]) -> None:
        self._given_back.extendleft(reversed(lines))

    def _skip_rest(self, text: str) -> bool:
        """Read on to the end of a line that is too long; tell whether it was."""
        is_cut = False
        while len(text) >= RECORD_LIMIT and not text.endswith(("\n", "\r")):
            text = self._text.readline(RECORD_LIMIT)
            is_cut = is_cut or bool(text)
        return is_cut


@contextmanager
def lines_of(path: Path, encoding: Encoding) -> Iterator[Lines]:
    with path.open("rb") as source:
        source.seek(encoding.bom_length)
        with io.TextIOWrapper(source, encoding=encoding.name, newline="") as text:
            yield Lines(text, source)


def split(text: str, delimiter: str) -> list[str]:
    """Return the cells of one line, quotes read leniently."""
    return next(csv.reader([text], delimiter=delimiter, skipinitialspace=True), [])


def records(lines: Lines, delimiter: str, is_row: Callable[[str], bool]) -> Iterator[Record]:
    """Yield every record.

    `is_row` tells whether a line that stands inside an open quote reads like a row of its own. Then the quotes do not
    balance: the line that opened them is yielded with a fault, by itself, and reading goes on right after it.
    """
    for line in lines:
        if line.is_cut:
            yield Record(line.number, [_bare(line)], Fault.TOO_LONG)
        elif '"' in line.text:
            yield _quoted_record(line, lines, delimiter, is_row)
        else:
            yield Record(line.number, split(line.text, delimiter))


class _UnbalancedQuotesError(Exception):
    pass


def _quoted_record(first: Line, lines: Lines, delimiter: str, is_row: Callable[[str], bool]) -> Record:
    taken: list[Line] = []
    parser = csv.reader(
        _until_closed(first, lines, taken, is_row), delimiter=delimiter, skipinitialspace=True, strict=True
    )
    try:
        return Record(first.number, next(parser))
    except (csv.Error, _UnbalancedQuotesError):
        lines.give_back(taken)
        return Record(first.number, [_bare(first)], Fault.UNBALANCED_QUOTES)


def _until_closed(first: Line, lines: Lines, taken: list[Line], is_row: Callable[[str], bool]) -> Iterator[str]:
    """Yield the first line, then as many as the parser asks for because a quote is open; note those in `taken`."""
    yield first.text
    length = len(first.text)
    for line in lines:
        taken.append(line)
        length += len(line.text)
        if length > RECORD_LIMIT or is_row(line.text):
            raise _UnbalancedQuotesError
        yield line.text


def _bare(line: Line) -> str:
    return line.text.rstrip("\r\n")
