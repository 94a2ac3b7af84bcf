"""A file of members, from its bytes to the database."""

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from ygs_admin.staff.models import Staff

from .errors import UnreadableFileError
from .intake import Intake
from .reading import Record
from .rejects import RejectsFile, free_path
from .rows import BlankRow, MemberRow, RejectedRow, RowReader
from .summary import Summary
from .table import Table, opened

BATCH_SIZE = 500
"""Records that are judged and written together: one transaction, and what a crash can cost."""

Progress = Callable[[int], object]


def import_members(
    path: Path,
    *,
    actor: Staff | None,
    is_dry_run: bool = False,
    ignore_unknown: bool = False,
    rejects_path: Path | None = None,
    progress: Progress = lambda _bytes_read: None,
) -> Iterator[Summary]:
    """Import a file, yielding the summary so far after each batch: what it counts is committed.

    Memory is bounded by the batch, not by the file. `progress` is told how many bytes have been read.

    Raises:
        UnreadableFileError: nothing was imported.
        OSError: the file, or the file of rejects, can't be opened or written.
    """
    rejects_path = rejects_path or free_path(path)
    _check_paths(path, rejects_path)
    with (
        opened(path, ignore_unknown=ignore_unknown) as table,
        Intake(source=path.name, actor=actor, is_rehearsal=is_dry_run) as intake,
        RejectsFile(rejects_path, table.layout, table.delimiter) as rejects,
    ):
        summary = Summary(str(path), table.encoding, is_dry_run, table.layout.ignored)
        yield summary
        for batch in _batches(table):
            _import_batch(batch, RowReader(table.layout), intake, rejects, summary)
            progress(table.bytes_read)
            yield summary


def _check_paths(path: Path, rejects_path: Path) -> None:
    """Find out before the first row is written what would fail in the middle."""
    if not path.exists():
        raise UnreadableFileError(_("There is no file %(path)s.") % {"path": path})
    if not path.is_file():
        raise UnreadableFileError(_("%(path)s is not a file that can be read twice.") % {"path": path})
    if rejects_path.resolve() == path.resolve():
        raise UnreadableFileError(_("The rejected rows can't be written over the file that is being read."))
    if not os.access(rejects_path.parent, os.W_OK):
        message = _("The folder for the rejected rows, %(folder)s, can't be written to.")
        raise UnreadableFileError(message % {"folder": rejects_path.parent})


def _batches(table: Table) -> Iterator[list[Record]]:
    records = iter(table)
    while batch := list(islice(records, BATCH_SIZE)):
        yield batch


def _import_batch(
    batch: list[Record], reader: RowReader, intake: Intake, rejects: RejectsFile, summary: Summary
) -> None:
    rows = [reader.read(record) for record in batch]
    outcome = intake.take([row for row in rows if isinstance(row, MemberRow)])
    rejected = [row for row in rows if isinstance(row, RejectedRow)] + outcome.rejected
    rejects.write(sorted(rejected, key=lambda row: row.line))
    summary.read += len(batch)
    summary.created += outcome.created
    summary.unchanged += outcome.unchanged
    summary.blank += sum(isinstance(row, BlankRow) for row in rows)
    for row in rejected:
        summary.note_rejected(row)
    summary.rejects_file = str(rejects.path) if rejects.exists else None
