"""The pages for what went wrong. They ask no database, so that they are there when it is not."""

import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from ygs_admin.db.row_version import RowConflictError
from ygs_admin.storage import StorageError

from .carrying import carried
from .language import language_of
from .origin import current_origin
from .theme import theme_of

RETRY_SECONDS = 5
# What is no fault of the console's is said to be what it is.
STATUSES: dict[type[BaseException], int] = {
    OperationalError: 503,
    InterfaceError: 503,
    StorageError: 503,
    RowConflictError: 409,
}


def failure_page(request: HttpRequest, status: int, *, template: str = "", **context: Any) -> HttpResponse:
    """Return the page of a status in the person's language and theme, with the request's number and ways on.

    Rendered without the request, whose context would ask for the session and the account.
    """
    language = language_of(request)
    context |= {
        "theme": theme_of(request),
        "request_id": current_origin().request_id,
        "back_url": _came_from(request),
    }
    with translation.override(language):
        page = render_to_string(template or f"{status}.html", context)
    return HttpResponse(page, status=status, headers={"Content-Language": language})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return failure_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what no view has caught; it stands in the log, and nothing of it on the page."""
    failed = sys.exc_info()[1]
    status = next((status for kind, status in STATUSES.items() if isinstance(failed, kind)), 500)
    response = failure_page(request, status, carried=carried(request) if status == 503 else None)  # noqa: PLR2004
    if status == 503:  # noqa: PLR2004
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without the console's own token: most often the page was open for longer than the session."""
    return failure_page(request, 403, template="403_csrf.html")


def _came_from(request: HttpRequest) -> str:
    """Return the page of the console that the person came from, empty where there is none or it is this one."""
    referrer = request.headers.get("Referer", "")
    try:
        is_ours = url_has_allowed_host_and_scheme(referrer, {request.get_host()})
    except DisallowedHost:
        return ""
    parts = urlsplit(referrer)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if is_ours and path.startswith("/") and parts.path != request.path else ""
