"""A document to look at and to decide on: its pages as pictures beside what the member states."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from users.documents.pages import UNAVAILABLE, UnshowableError, look_at, pages_of
from users.documents.verbs import PERMISSION, offered_on
from users.models import Action, UserDocument
from users.views.loading import load_member
from ygs_admin.staff.models import Staff
from ygs_admin.web.access import StaffRequest, needs, on_primary

from .loading import documents_url, load_document

PAGE_TYPE = "image/jpeg"
PAGES = "pages"
"""The part of the screen that a script asks for by itself; a verb that was pressed by one leads to the whole."""

RETRY_SECONDS = 5
KEYS = (
    {"key": "a", "label": _("Approve the document")},
    {"key": "r", "label": _("Refuse the document")},
    {"key": "+", "label": _("Larger")},
    {"key": "-", "label": _("Smaller")},
    {"key": "t", "label": _("Turn")},
    {"key": "[", "label": _("Previous page")},
    {"key": "]", "label": _("Next page")},
)


@require_safe
@needs("users.view_userdocument")
@on_primary
def document(request: StaffRequest, user_id: str, document_id: str) -> HttpResponse:
    """The shell asks nothing of S3. Its pages come by a link that a script follows by itself (`?page=1`)."""
    user = load_member(request, user_id)
    shown = load_document(request, user, document_id)
    if request.htmx and request.htmx.target == PAGES:
        return render(request, "users/documents/_pages.html", _pages(request, shown))
    context = {
        "user_record": user,
        "document": shown,
        "cancel_url": documents_url(user),
        "reviewer": _reviewer(shown),
        "verbs": _forms(request, shown),
        "keys": KEYS,
        "pages": _pages(request, shown) if "page" in request.GET else None,
    }
    user.record(Action.VIEW, by=request.user, resource_type=UserDocument._meta.db_table, resource_id=shown.pk)
    return render(request, "users/documents/document.html", context)


@require_safe
@needs("users.view_userdocument")
def document_page(request: StaffRequest, user_id: str, document_id: str, number: int) -> HttpResponse:
    """One page as a JPEG with who looks at it in its pixels; what cannot be shown is said in plain text."""
    shown = load_document(request, load_member(request, user_id), document_id)
    try:
        page = look_at(shown, number, by=request.user)
    except UnshowableError as unshowable:
        answer = HttpResponse(str(unshowable), content_type="text/plain; charset=utf-8", status=unshowable.status)
        if unshowable.status == UNAVAILABLE:
            answer["Retry-After"] = str(RETRY_SECONDS)
        return answer
    return HttpResponse(page.jpeg, content_type=PAGE_TYPE, headers={"Content-Disposition": "inline"})


def _pages(request: StaffRequest, shown: UserDocument) -> dict[str, Any]:
    """Return which page is shown of how many, or why none is."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1  # noqa: PLR2004
    pages: dict[str, Any] = {"document": shown, "user_id": shown.user_id}
    try:
        count = pages_of(shown)
    except UnshowableError as unshowable:
        return pages | {"problem": str(unshowable)}
    number = max(1, min(number, count))
    return pages | {
        "number": number,
        "count": count,
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if number < count else None,
    }


def _forms(request: StaffRequest, shown: UserDocument) -> list[dict[str, Any]]:
    if not request.user.has_perm(PERMISSION):
        return []
    return [{"verb": verb, "form": verb.form(document=shown, auto_id=f"{verb.key}_%s")} for verb in offered_on(shown)]


def _reviewer(shown: UserDocument) -> str:
    """Return who decided: the name, or the id of an account that is no more."""
    name = Staff.objects.filter(pk=shown.reviewed_by).values_list("name", flat=True).first()
    return name or shown.reviewed_by or ""
