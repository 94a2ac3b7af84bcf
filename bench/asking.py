"""One question, asked as the members list asks it."""

from collections.abc import Mapping

from users.filters import MemberFilter

PAGE_SIZE = 50


def ask(query: Mapping[str, str]) -> int:
    """Read the first page and the bounded count; return the count."""
    everything = {"may_see_trash": True, "may_see_names": True, "may_see_documents": True}
    _page, count = MemberFilter(query, **everything).read(None, PAGE_SIZE)
    return count
