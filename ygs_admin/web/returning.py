"""Leading somebody back to the page that they came from."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 1000
"""Django answers 400 to whoever is sent to a longer address than 2,048 characters, and browsers have limits too."""


def returning_to(request: HttpRequest, wanted: str, *, otherwise: str) -> str:
    """Return a path of this console as it was asked for; `otherwise` in place of anything that is none."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours and len(wanted) <= LONGEST else otherwise
