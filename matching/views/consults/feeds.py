"""Links for calendar programs: made and revoked by whoever consults, read by a program that has no session."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.consultations.ical import ical_of
from matching.consultations.verbs import CHANGE
from matching.models import CalendarFeed, ConsultSchedule
from matching.models.calendar_feed import A_MINUTE, digest
from ygs_admin.staff.models import Staff
from ygs_admin.web.access import StaffRequest, needs, on_primary, recently_confirmed
from ygs_admin.web.flash import flash, flash_refusal

DAYS_BACK, DAYS_AHEAD = timedelta(days=30), timedelta(days=180)
MOST_EVENTS = 2000
MOST_REVOKED = 20
HTTP_TOO_MANY = 429


@require_safe
@needs(CHANGE)
@on_primary
def feeds(request: StaffRequest) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE)
@recently_confirmed
@on_primary
def issue(request: StaffRequest) -> HttpResponse:
    """Ask, and show the address that is made once: it is kept nowhere."""
    if request.method != "POST":
        return render(request, "matching/consults/feed_new.html")
    issued = CalendarFeed.issue(request.user)
    if issued is None:
        flash_refusal(request, _("There are as many links as there may be: revoke one first."))
        return redirect("matching:consult_feeds")
    _feed, token = issued
    return _page(request, address=request.build_absolute_uri(reverse("matching:consult_feed", args=[token])))


@require_POST
@needs(CHANGE)
@on_primary
def revoke(request: StaffRequest, feed_id: str) -> HttpResponse:
    feed: CalendarFeed | None = CalendarFeed.objects.filter(staff=request.user, pk=feed_id).first()
    if feed is None:
        raise Http404
    feed.revoke()
    flash(request, _("The link is revoked: calendar programs read nothing by it any more."))
    return redirect("matching:consult_feeds")


@login_not_required
@require_safe
@on_primary
def feed(request: StaffRequest, token: str) -> HttpResponse:
    """Answer a calendar program, which knows the token and nothing else."""
    asked: CalendarFeed | None = CalendarFeed.objects.with_token(token).first()
    if asked is None or not asked.staff.has_perm(CHANGE):
        raise Http404
    if not asked.count_fetch():
        return HttpResponse(status=HTTP_TOO_MANY, headers={"Retry-After": str(int(A_MINUTE.total_seconds()))})
    with translation.override(asked.language):
        body = ical_of(_consultations_of(asked.staff), address=request.build_absolute_uri("/").rstrip("/"))
    etag = quote_etag(digest(body.decode()))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={"ETag": etag})
    response["Content-Disposition"] = 'attachment; filename="consultations.ics"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return get_conditional_response(request, etag=etag, response=response) or response


def _consultations_of(staff: Staff) -> list[ConsultSchedule]:
    """Return what the account has scheduled, without the members."""
    now = timezone.now()
    within = ConsultSchedule.objects.of_consultants([staff.pk]).beginning_within(now - DAYS_BACK, now + DAYS_AHEAD)
    return list(within.scheduled().select_related(None)[:MOST_EVENTS])


def _page(request: StaffRequest, *, address: str = "") -> HttpResponse:
    mine = CalendarFeed.objects.filter(staff=request.user).order_by("-created_at", "-id")
    context = {
        "open": list(mine.open()),
        "revoked": list(mine.filter(revoked_at__isnull=False)[:20]),
        "address": address,
    }
    return render(request, "matching/consults/feeds.html", context)
