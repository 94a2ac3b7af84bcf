"""Members as a file; as CSV, with contact details and in full, one that an import reads back."""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from ulid import ULID

from users.masking import masked, may_see_names
from users.models import Action, User, UserAccessAudit
from ygs_admin.staff.models import Staff
from ygs_admin.web.origin import NOWHERE, Origin, current_origin, originating

from .columns import COLUMNS, NAME, Column
from .formats import Cell, Rows
from .headers import title_of
from .selection import ByStatus, Selection


@dataclass(frozen=True)
class Export:
    """One file: who is in it and what it says of them, for whom and why.

    Names are read in full by an actor with the permission for it; by nobody else, and not without an actor.
    """

    file: str
    reason: str
    actor: Staff | None
    selection: Selection = field(default_factory=ByStatus)
    columns: Sequence[Column] = COLUMNS
    language: str | None = None
    """Of headers and labels; None writes the names and values of the database."""
    with_contacts: bool = False
    about: Mapping[str, Any] = field(default_factory=dict)
    """What else the access record says of it."""

    def write(self, rows: Rows) -> Iterator[int]:
        """Write header and members, yielding how many members are in it after each page.

        Before a page is written the access record that names everybody on it is committed; the rows of one file share
        a request id. That a file was made is recorded even if it names nobody.
        """
        rows.add([title_of(column, self.language) for column in self.columns])
        count = 0
        with _one_origin():
            for part, page in enumerate(self.selection.pages(), start=1):
                self._record(part, page)
                for member in page:
                    rows.add(self._row(member))
                count += len(page)
                yield count

    def _record(self, part: int, page: Sequence[User]) -> None:
        UserAccessAudit.record(
            Action.EXPORT,
            by=self.actor,
            resource_type="users",
            reason=self.reason,
            detail={
                "file": self.file,
                "part": part,
                "count": len(page),
                "fields": [column.name for column in self.columns],
                "with_contacts": self.with_contacts,
                **self.selection.recorded(),
                **self.about,
                "user_ids": [member.pk for member in page],
            },
        )

    def _row(self, member: User) -> list[Cell]:
        return [self._cell(column, member) for column in self.columns]

    def _cell(self, column: Column, member: User) -> Cell:
        record = member if column.model is User else getattr(member, "profile", None)
        value = getattr(record, column.name, None)
        if self._is_masked(column):
            value = masked(column.name, value)
        return value if isinstance(value, int) else column.written(value, self.language)

    def _is_masked(self, column: Column) -> bool:
        if column is NAME:
            return not may_see_names(self.actor)
        return column.is_contact and not self.with_contacts


def _one_origin() -> AbstractContextManager[None]:
    """Let the rows of a file be of one request, also where there is none."""
    return originating(Origin(request_id=str(ULID()))) if current_origin() == NOWHERE else nullcontext()


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """Write a file beside `path`, readable by its owner only, and move it there once it is whole."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
