"""What a list page shows around its rows: where it is, and the links to elsewhere in the list."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.functional import cached_property

from .keyset import COUNT_BOUND, Cursor, KeysetPage


@dataclass
class Listing:
    """`count` is exact up to the bound; beyond it the label says so ("1–50 / 1,000+")."""

    request: HttpRequest
    page: KeysetPage
    count: int
    rows: list[Any]

    def url(self, **changed: str | None) -> str:
        """Return this list's URL with these parameters changed, None removing one; back at the first page."""
        query = self.request.GET.copy()
        query.pop("page", None)
        for name, value in changed.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path

    def sort_link(self, first: str, current: str) -> dict[str, str]:
        """Return the link of a column's heading: to the column's first direction, or to the other one from there."""
        other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
        way = "descending" if current.startswith("-") else "ascending"
        return {
            "url": self.url(sort=other if current == first else first),
            "direction": way if current in {first, other} else "",
        }

    @property
    def previous_url(self) -> str | None:
        return self._url_of(self.page.previous)

    @property
    def next_url(self) -> str | None:
        return self._url_of(self.page.next)

    @property
    def first_url(self) -> str | None:
        return self.url() if self.page.previous else None

    @property
    def total_label(self) -> str:
        return bounded_label(self.count)

    @cached_property
    def count_label(self) -> str:
        if not self.rows:
            return self.total_label
        first = self.page.position + 1
        return f"{_grouped(first)}–{_grouped(first + len(self.rows) - 1)} / {self.total_label}"

    def _url_of(self, cursor: Cursor | None) -> str | None:
        return None if cursor is None else self.url(page=cursor.encode())


def bounded_label(count: int) -> str:
    """Return a bounded count as it is read: `57`, or `1,000+`."""
    return f"{_grouped(COUNT_BOUND)}+" if count > COUNT_BOUND else _grouped(count)


def _grouped(number: int) -> str:
    return str(number_format(number, force_grouping=True))
