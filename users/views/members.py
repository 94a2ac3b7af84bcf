"""The members list: a shell and a results partial, served by the same URL."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from users.filters import MemberFilter
from users.member_export import PERMISSION as EXPORT
from users.models import Action, MemberSearch, User, UserAccessAudit
from users.photos.portraits import portrait_key
from users.sections import url_when_shown
from ygs_admin.web.access import StaffRequest, needs
from ygs_admin.web.keyset import Cursor, KeysetPage
from ygs_admin.web.listing import Listing

from .bulk.plan import offered_in_bulk
from .export import export_url
from .saved_views.bar import bar_for

PAGE_SIZE = 50
KEYS = ({"key": "x", "label": _("Select the row")}, {"key": "v", "label": _("Saved views")})
SORTABLE = {"name": "name", "birth_year": "birth_year", "created_at": "-created_at"}


@require_safe
@needs("users.view_user")
def members(request: StaffRequest) -> HttpResponse:
    form = MemberFilter(request.GET, asker=request.user)
    page, count = form.read(Cursor.decode(request.GET.get("page", ""), form.order, MemberSearch), PAGE_SIZE)
    users = read_members(page)
    listing = Listing(request, page, count, users)
    UserAccessAudit.record_page(Action.SEARCH, [user.pk for user in users], by=request.user, asked=form.recorded())
    context = {
        "form": form,
        "page": listing,
        "views": bar_for(request, form),
        "bulk_verbs": offered_in_bulk(request, form),
        "is_fragment": _is_fragment(request),
        "export_url": export_url(form) if request.user.has_perm(EXPORT) else "",
        "keys": KEYS,
        **_about(request, form, listing),
    }
    return render(request, "users/_results.html" if context["is_fragment"] else "users/list.html", context)


def read_members(page: KeysetPage) -> list[User]:
    """Return the members of a page in its order, each with profile, subscription and a portrait, in one query."""
    keys = [row["pk"] for row in page.rows]
    found = User.all_objects.with_profile().annotate(portrait_key=portrait_key()).in_bulk(keys)
    users = [found[key] for key in keys if key in found]
    for user in users:
        user.portrait_url = url_when_shown(user.portrait_key)
    return users


def _is_fragment(request: StaffRequest) -> bool:
    """Tell whether the results alone are asked for: not by a form of elsewhere that was led here."""
    asks = request.htmx and request.htmx.target in {None, "results"}
    return bool(asks and not request.htmx.history_restore_request and not request.htmx.boosted)


def _about(request: StaffRequest, form: MemberFilter, listing: Listing) -> dict[str, Any]:
    return {
        "search_kind": form.understood.kind if form.understood else None,
        "active_filters": [
            described | {"remove_url": listing.url(**{described["name"]: None})} for described in form.described()
        ],
        "sort_links": {
            column: listing.sort_link(first, form.order_name)
            for column, first in SORTABLE.items()
            if form.offers_order(first)
        },
    }
