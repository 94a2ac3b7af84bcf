"""Read your own writes: a browser that has written reads the primary until the replica will have followed.

The token is a signed time, good for a short fixed while. It is the one place that decides what a browser's earlier
writes mean for its next reads; a token that names a position in the write-ahead log fits behind the same two functions.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = settings.CAUSALITY_COOKIE_NAME
SALT = "ygs_admin.db.causality"


def must_read_primary(request: HttpRequest) -> bool:
    """Tell whether this browser wrote so lately that the replica may not have it yet; a forged token is ignored."""
    token = request.COOKIES.get(COOKIE)
    if token is None:
        return False
    try:
        signing.loads(token, salt=SALT, max_age=settings.PRIMARY_AFTER_WRITE_SECONDS)
    except signing.BadSignature:
        return False
    return True


def remember_write(response: HttpResponse) -> None:
    """Send the token with the response of a request that has written."""
    response.set_cookie(
        COOKIE,
        signing.dumps("", salt=SALT),
        max_age=settings.PRIMARY_AFTER_WRITE_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
