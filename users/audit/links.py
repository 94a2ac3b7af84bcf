"""Where the rows that the access record names have a page. Apps further up add theirs (`register`)."""

from typing import NamedTuple

from django.urls import reverse

from users.models import UserAccessAudit
from ygs_admin.staff.models import Staff


class RowPage(NamedTuple):
    """The page of a table's rows, at a URL that takes the row's id, and the permission to open it."""

    url_name: str
    permission: str


_pages: dict[str, RowPage] = {}


def register(table: str, url_name: str, permission: str) -> None:
    """Have the access record lead to the rows of a table. Call it while apps get ready."""
    _pages[table] = RowPage(url_name, permission)


def page_of(row: UserAccessAudit, reader: Staff) -> str:
    """Return the URL of what a row of the record is about, an empty text where there is none for this reader."""
    page = _pages.get(row.resource_type or "")
    if page is None or not row.resource_id or not reader.has_perm(page.permission):
        return ""
    return reverse(page.url_name, args=[row.resource_id])
