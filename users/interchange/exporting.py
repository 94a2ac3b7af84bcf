"""Members as a CSV file that an import reads back."""

import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ulid import ULID

from users.masking import masked
from users.models import Action, User, UserAccessAudit
from ygs_admin.db.routing import reading_from_replica
from ygs_admin.staff.models import Staff
from ygs_admin.web.origin import Origin, originating

from .cells import escaped
from .columns import COLUMNS, Column
from .headers import title_of

PAGE_SIZE = 1000
"""Members read, recorded and written together."""
BOM = "\ufeff"


class TextSink(Protocol):
    def write(self, text: str, /) -> object: ...


@dataclass(frozen=True)
class Export:
    """One file: who is in it and what it says of them, for whom and why."""

    file: str
    reason: str
    actor: Staff | None
    statuses: Sequence[str] = ()
    language: str | None = None
    """Of headers and labels; None writes the names and values of the database."""
    with_contacts: bool = False
    with_bom: bool = False

    def write(self, sink: TextSink) -> Iterator[int]:
        """Write the file, yielding how many members are in it after each page.

        Reads the replica, a page at a time in the order of ids; the pages are not one snapshot. Before a page is
        written the access record that names everybody on it is committed; the rows of one file share a request id.
        """
        sink.write(BOM if self.with_bom else "")
        writer = csv.writer(sink)
        writer.writerow(title_of(column, self.language) for column in COLUMNS)
        count = 0
        with originating(Origin(request_id=str(ULID()))):
            for part, page in enumerate(self._pages(), start=1):
                self._record(part, page)
                writer.writerows(map(self._row, page))
                count += len(page)
                yield count

    def _pages(self) -> Iterator[list[User]]:
        """Yield pages by key, since neither a cursor nor a snapshot outlives a statement behind PgBouncer.

        The first page may be empty: that a file was made is recorded even if it names nobody.
        """
        members = User.objects.select_related("profile").order_by("pk")
        if self.statuses:
            members = members.filter(status__in=self.statuses)
        page = _read(members)
        yield page
        while len(page) == PAGE_SIZE:
            page = _read(members.filter(pk__gt=page[-1].pk))
            yield page

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
                "with_contacts": self.with_contacts,
                "statuses": list(self.statuses),
                "user_ids": [member.pk for member in page],
            },
        )

    def _row(self, member: User) -> list[str]:
        return [escaped(column.written(self._shown(column, member), self.language)) for column in COLUMNS]

    def _shown(self, column: Column, member: User) -> Any:
        record = member if column.model is User else getattr(member, "profile", None)
        value = getattr(record, column.name, None)
        return masked(column.name, value) if column.is_contact and not self.with_contacts else value


def _read(members: Any) -> list[User]:
    with reading_from_replica():
        return list(members[:PAGE_SIZE])


@contextmanager
def replaced(path: Path) -> Iterator[TextSink]:
    """Write a file beside `path`, readable by its owner only, and move it there once it is whole."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
