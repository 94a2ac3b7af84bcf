"""One question, asked as the members list asks it."""

from collections.abc import Mapping

from users.filters import MemberFilter

PAGE_SIZE = 50


def ask(query: Mapping[str, str]) -> int:
    """Read the first page and the bounded count; return the count."""
    _page, count = MemberFilter(query, may_see_trash=True, may_see_names=True).read(None, PAGE_SIZE)
    return count
