"""One question, asked as the members list asks it."""

from collections.abc import Mapping

from users.filters import MemberFilter
from ygs_admin.web.keyset import bounded_count, read_page

PAGE_SIZE = 50


def ask(query: Mapping[str, str]) -> int:
    """Read the first page and the bounded count; return the count."""
    form = MemberFilter(query, may_see_trash=True)
    rows = form.rows()
    read_page(rows, form.order, None, PAGE_SIZE)
    return bounded_count(rows)
