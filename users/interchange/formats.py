"""The formats of a file of members: CSV, and XLSX, in which nothing is a formula."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ygs_admin.jobs.scratch import scratch_folder

from .cells import escaped

BOM = "\ufeff"
WIDTH = 16
"""Of a column of a spreadsheet, in digits."""
MOST_IN_XLSX = 1_048_575
"""Rows below the header: a sheet has 2²⁰ (ECMA-376, and Excel's own limit)."""

Cell = str | int


class TextSink(Protocol):
    def write(self, text: str, /) -> object: ...


class Rows(Protocol):
    """Takes the rows of a file one after the other; the first is the header."""

    def add(self, cells: Sequence[Cell], /) -> None: ...


class CsvRows:
    """Rows as RFC 4180 has them, with whatever a spreadsheet would run as a formula escaped."""

    def __init__(self, sink: TextSink, *, with_bom: bool = False) -> None:
        sink.write(BOM if with_bom else "")
        self._writer = csv.writer(sink)

    def add(self, cells: Sequence[Cell]) -> None:
        self._writer.writerow(escaped(str(cell)) for cell in cells)


class XlsxRows:
    """Rows of a sheet: text is written as text whatever it begins with, numbers as numbers."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._sheet = book.add_worksheet()
        self._bold = book.add_format({"bold": True})
        self._next = 0

    def add(self, cells: Sequence[Cell]) -> None:
        if self._next == 0:
            self._sheet.freeze_panes(1, 0)
            self._sheet.set_column(0, len(cells) - 1, WIDTH)
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                self._sheet.write_number(self._next, place, cell)
            else:
                self._sheet.write_string(self._next, place, cell, self._bold if self._next == 0 else None)
        self._next += 1


@contextmanager
def _csv(file: BinaryIO, *, with_bom: bool) -> Iterator[Rows]:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        yield CsvRows(text, with_bom=with_bom)
        text.flush()
    finally:
        text.detach()


@contextmanager
def _xlsx(file: BinaryIO, *, with_bom: bool) -> Iterator[Rows]:
    """One row is in memory at a time; the parts of the file are on the disk until it is whole."""
    with scratch_folder() as folder:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": str(folder)})
        yield XlsxRows(book)
        book.close()


@dataclass(frozen=True)
class Format:
    key: str
    label: str | Promise
    content_type: str
    open: Callable[..., AbstractContextManager[Rows]]
    """Takes a file open for bytes, and whether a CSV is to begin with the mark by which Excel knows UTF-8."""
    most: int | None = None
    """How many members fit."""

    def takes(self, count: int) -> bool:
        return self.most is None or count <= self.most


FORMATS = {
    format_.key: format_
    for format_ in (
        Format("csv", _("CSV"), "text/csv; charset=utf-8", _csv),
        Format(
            "xlsx",
            _("Excel (XLSX)"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _xlsx,
            most=MOST_IN_XLSX,
        ),
    )
}
