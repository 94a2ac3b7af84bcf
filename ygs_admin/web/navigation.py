"""The console's sections, and what every page's frame shows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.routing import is_read_only
from ygs_admin.staff.roles import ROLE_LABELS

from .theme import theme_of


@dataclass(frozen=True)
class Place:
    """One entry of the navigation, for whoever has one of its permissions.

    `apart` are pages below it that are not of it; `roots` are addresses beside it, of which it is where no other is.
    """

    url_name: str
    label: str | Promise
    icon: str
    permission: str | tuple[str, ...] = ""
    apart: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


OWN_ACCOUNT = ("staff:me", "staff:password_change", "staff:confirm")
INCIDENTS = ("matching:incidents",)
PLACES = (
    Place("today", _("Today"), "today"),
    Place("users:list", _("Members"), "members", "users.view_user"),
    Place("users:review", _("Review"), "review", ("users.review_userdocument", "users.approve_user")),
    Place("matching:weeks", _("Weeks"), "weeks", "matching.view_matchweek", roots=("matching:first",)),
    Place("matching:consults", _("Consultations"), "consultations", "matching.view_consultschedule"),
    Place("matching:feedback_due", _("Feedback"), "inbox", "matching.view_matchfeedback", roots=INCIDENTS),
    Place("users:audit", _("Audit"), "audit", "users.view_useraccessaudit"),
    Place("staff:list", _("Staff"), "staff", "staff.view_staff", apart=OWN_ACCOUNT),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's context: places, theme, roles. Evaluated only for pages that show the frame."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return {"theme": theme_of(request)}
    return {
        "theme": theme_of(request),
        "read_only": is_read_only(),
        "nav_items": _shown([place for place in PLACES if may_go(staff, place)], request.path),
        "role_names": lambda: [ROLE_LABELS.get(group.name, group.name) for group in staff.groups.all()],
    }


def may_go(staff: Any, place: Place) -> bool:
    """Tell whether this person has one of the place's permissions."""
    wanted = (place.permission,) if isinstance(place.permission, str) else place.permission
    return not place.permission or any(staff.has_perm(permission) for permission in wanted)


def _shown(places: list[Place], path: str) -> list[dict[str, Any]]:
    """Return what the navigation shows; where one place lies within another (`/users/audit/`), the inner is active."""
    depths = [_depth(place, path) for place in places]
    deepest = max(depths, default=0)
    return [
        {
            "url": reverse(place.url_name),
            "label": place.label,
            "icon": place.icon,
            "key": place.url_name,
            "active": depth == deepest > 0,
        }
        for place, depth in zip(places, depths, strict=True)
    ]


def _depth(place: Place, path: str) -> int:
    """Return the length of the place's longest address that a path lies within, 0 where it lies in none."""
    if any(path.startswith(reverse(name)) for name in place.apart):
        return 0
    urls = [reverse(name) for name in (place.url_name, *place.roots)]
    return max((len(url) for url in urls if (path == url if url == "/" else path.startswith(url))), default=0)
