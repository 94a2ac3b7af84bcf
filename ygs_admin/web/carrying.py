"""A form that could not be taken, kept on the page that says so: nothing that was typed is lost."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

# What a page must not show again; such a form is filled in anew.
SECRET = ("password", "code", "token", "secret")
UNREADABLE = (BadRequest, MultiPartParserError, RequestDataTooBig, SuspiciousOperation, UnreadablePostError)


@dataclass(frozen=True)
class Carried:
    """Where a form goes and what was in it: name and value of each field, in their order; and its fields for files."""

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()


def carried(request: HttpRequest) -> Carried | None:
    """Return the form of a POST to be sent again; None where there is none, or where it held a secret."""
    if request.method != "POST":
        return None
    try:
        fields: list[tuple[str, Any]] = [(name, value) for name, values in request.POST.lists() for value in values]
        files = tuple(request.FILES)
    except UNREADABLE:
        return None
    if any(part in name.lower() for name, _ in fields for part in SECRET if name != "csrfmiddlewaretoken"):
        return None
    return Carried(request.get_full_path(), tuple(fields), files)
