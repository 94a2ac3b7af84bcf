"""The ledger of a member's introductions: page by page, newest first, each line with the balance after it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from users.models import Action, IntroductionLedger, User, UserSubscription
from users.views.loading import load_member
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.keyset import Cursor, KeysetPage, SortKey, bounded_count, read_page
from ygs_admin.web.listing import Listing

PAGE_SIZE = 50
NEWEST_FIRST = (SortKey("position", descending=True),)


@require_safe
@needs("users.view_usersubscription")
@on_primary
def ledger(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_member(request, user_id)
    subscription = _load(user)
    entries = _entries_as_of(subscription)
    cursor = Cursor.decode(request.GET.get("page", ""), NEWEST_FIRST, IntroductionLedger)
    page = read_page(entries, NEWEST_FIRST, cursor, PAGE_SIZE)
    context = {
        "user_record": user,
        "subscription": subscription,
        "page": Listing(request, page, bounded_count(entries), _in_full(page)),
        "unrecorded": subscription.unrecorded() if page.previous is None else None,
    }
    user.record(
        Action.VIEW, by=request.user, resource_type=IntroductionLedger._meta.db_table, resource_id=subscription.pk
    )
    return render(request, _template(request), context)


def _load(user: User) -> UserSubscription:
    found: UserSubscription | None = UserSubscription.all_objects.with_ledger().filter(user_id=user.pk).first()
    if found is None:
        raise Http404
    return found


def _entries_as_of(subscription: UserSubscription) -> Any:
    """Return the entries that the subscription was read with, so that a newer one does not look like a difference."""
    return IntroductionLedger.objects.filter(
        subscription_id=subscription.pk, position__lte=subscription.ledger_position or 0
    )


def _in_full(page: KeysetPage) -> list[Any]:
    found = IntroductionLedger.objects.in_bulk([row["pk"] for row in page.rows])
    return [found[row["pk"]] for row in page.rows]


def _template(request: StaffRequest) -> str:
    is_fragment = request.htmx and not request.htmx.history_restore_request and not request.htmx.boosted
    return "users/subscription/_ledger.html" if is_fragment else "users/subscription/ledger.html"
