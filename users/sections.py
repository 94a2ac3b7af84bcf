"""The sections of a member's page. Apps further up add theirs (`register`), so that this one need not know them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff
from ygs_admin.storage import StorageError, presign

from .documents.verification import checklist
from .models import DocumentType, User, UserAccessAudit
from .photos.gallery import arrange
from .subscriptions.verbs import offered_to

ACCESS_ROWS = 20


@dataclass(frozen=True)
class Section:
    """`load` returns what the template shows, at most one query a section; the permission decides who sees it."""

    key: str
    title: str | Promise
    template: str
    permission: str
    load: Callable[[User], dict[str, Any]]


def _profile(user: User) -> dict[str, Any]:
    return {"profile": getattr(user, "profile", None)}


def _lifestyle(user: User) -> dict[str, Any]:
    return {"lifestyle": getattr(user, "lifestyle", None)}


def _preference(user: User) -> dict[str, Any]:
    return {"preference": getattr(user, "preference", None)}


def photos_of(user: User) -> dict[str, Any]:
    photos: list[Any] = list(user.photos.all())
    for photo in photos:
        photo.thumbnail_url = url_when_shown(photo.thumbnail_s3_key or photo.s3_key)
    return arrange(photos)


def documents_of(user: User) -> dict[str, Any]:
    documents = list(user.documents.all())
    verification = checklist(getattr(user, "profile", None), documents, on=timezone.localdate())
    return {"documents": documents, "checklist": verification, "kinds": DocumentType.choices}


def _subscription(user: User) -> dict[str, Any]:
    subscription = getattr(user, "subscription", None)
    if subscription is None or subscription.is_deleted:
        return {"subscription": None, "verbs": offered_to(None)}
    return {
        "subscription": subscription,
        "settlement": subscription.settlement(),
        "verbs": offered_to(subscription),
    }


def _access(user: User) -> dict[str, Any]:
    return {"rows": list(UserAccessAudit.objects.about(user.pk)[:ACCESS_ROWS])}


def url_when_shown(key: str | None) -> Callable[[], str | None]:
    """Return what gives the template a presigned URL, None where there is none to be had.

    Signing waits for the template, so that the view's audit row is committed before a URL exists.
    """

    @cache
    def url() -> str | None:
        try:
            return presign(key) if key else None
        except StorageError:
            return None

    return url


SECTIONS = [
    Section("profile", _("Profile"), "users/sections/profile.html", "users.view_userprofile", _profile),
    Section("lifestyle", _("Lifestyle"), "users/sections/lifestyle.html", "users.view_userlifestyle", _lifestyle),
    Section("preference", _("Preferences"), "users/sections/preference.html", "users.view_userpreference", _preference),
    Section("photos", _("Photos"), "users/sections/photos.html", "users.view_userphoto", photos_of),
    Section("documents", _("Documents"), "users/sections/documents.html", "users.view_userdocument", documents_of),
    Section(
        "subscription",
        _("Subscription"),
        "users/sections/subscription.html",
        "users.view_usersubscription",
        _subscription,
    ),
    Section("access", _("Access history"), "users/sections/access.html", "users.view_useraccessaudit", _access),
]


def register(section: Section, *, before: str = "access") -> None:
    """Add a section before another one."""
    at = [known.key for known in SECTIONS].index(before)
    SECTIONS.insert(at, section)


def sections_for(staff: Staff) -> list[Section]:
    return [section for section in SECTIONS if staff.has_perm(section.permission)]
