"""What a view asks of the person who opens it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ygs_admin.db.routing import using_primary
from ygs_admin.staff.models import Staff
from ygs_admin.staff.second_factor import is_recently_confirmed, lead_to_confirmation


class StaffRequest(HttpRequest):
    """A request of somebody who has signed in: the middleware lets nobody else reach a view."""

    user: Staff
    htmx: Any


def needs(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Answer 403 to whoever lacks the permission."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def needs_one_of(*permissions: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Answer 403 to whoever has none of the permissions."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(request.user.has_perm(permission) for permission in permissions):
                raise PermissionDenied(", ".join(permissions))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def on_primary(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read from the primary: what a person is about to edit must be what it is now."""

    @wraps(view)
    def read_on_primary(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with using_primary():
            return view(request, *args, **kwargs)

    return read_on_primary


def recently_confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for password or second factor again where the session's last is older than `CONFIRM_SECONDS`.

    The page that asks comes back here by GET: what was sent by POST is typed anew, never kept.
    """

    @wraps(view)
    def confirmed(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_recently_confirmed(request):
            return lead_to_confirmation(request)
        return view(request, *args, **kwargs)

    confirmed.asks_to_confirm = True  # type: ignore[attr-defined]
    return confirmed
