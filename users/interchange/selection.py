"""Whom an export names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from users.filters import MemberFilter
from users.models import User
from ygs_admin.db.replication.position import Position
from ygs_admin.db.routing import committed_so_far, reading_from_replica

PAGE_SIZE = 1000
"""Members read, recorded and written together."""


class Selection(Protocol):
    """Some members, read from a replica that has seen whatever was committed when the reading began.

    By pages in the order of ids, and by key, since neither a cursor nor a snapshot outlives a statement behind
    PgBouncer; the pages are not one snapshot. The first page may be empty.
    """

    def pages(self) -> Iterator[list[User]]: ...

    def recorded(self) -> dict[str, Any]:
        """Return what the access record says of how they were chosen."""
        ...


@dataclass(frozen=True)
class ByStatus:
    """The live members with one of these statuses, everybody where there is none."""

    statuses: Sequence[str] = ()

    def pages(self) -> Iterator[list[User]]:
        members = User.objects.select_related("profile").order_by("pk")
        if self.statuses:
            members = members.filter(status__in=self.statuses)
        seen = committed_so_far()
        return _pages(lambda after: list(members.filter(pk__gt=after)[:PAGE_SIZE]), lambda member: member.pk, seen)

    def recorded(self) -> dict[str, Any]:
        return {"statuses": list(self.statuses)}


@dataclass(frozen=True)
class ByFilter:
    """The members whom the list shows under its filters, deleted ones where these ask for them."""

    form: MemberFilter

    def count(self) -> int:
        with reading_from_replica(committed_so_far()):
            return int(self.form.rows().order_by().count())

    def pages(self) -> Iterator[list[User]]:
        rows = self.form.rows().order_by("user_id").values_list("user_id", flat=True)
        seen = committed_so_far()
        for keys in _pages(lambda after: list(rows.filter(user_id__gt=after)[:PAGE_SIZE]), str, seen):
            yield self._members(keys, seen)

    def recorded(self) -> dict[str, Any]:
        return {"asked": self.form.recorded()}

    def _members(self, keys: Sequence[str], seen: Sequence[Position]) -> list[User]:
        """Return those who still are on that side of the trash: the index was read a moment earlier."""
        members = User.all_objects.deleted() if self.form.cleaned_data.get("trash") else User.objects.all()
        with reading_from_replica(seen):
            return list(members.select_related("profile").filter(pk__in=keys).order_by("pk"))


def _pages(
    read: Callable[[str], list[Any]], key: Callable[[Any], str], seen: Sequence[Position]
) -> Iterator[list[Any]]:
    """Yield what `read` finds after the last key, until a page is not full.

    Each page may come from another node: from the primary until a replica has seen these positions.
    """
    after, is_full = "", True
    while is_full:
        with reading_from_replica(seen):
            page = read(after)
        yield page
        is_full = len(page) == PAGE_SIZE
        after = key(page[-1]) if page else ""
