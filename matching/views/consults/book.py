"""Booking: first for whom, where the address does not say it, then when and with whom."""

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.forms.consultation import BookForm
from matching.models import ConsultSchedule
from matching.models.consultants import is_consultant
from matching.models.consultation_booking import OutsideHoursError
from matching.models.consultation_clash import ClashError
from users.models import Action, MemberSearch, User, UserAccessAudit
from users.models.status import VerbRefusedError
from users.search.query import Understood, understand
from users.views.loading import load_live_member
from ygs_admin.db.ids import is_id
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash
from ygs_admin.web.returning import returning_to

from .loading import consult_url

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422
CANDIDATES = 20


@require_http_methods(["GET", "HEAD", "POST"])
@needs("matching.view_consultschedule")
@needs("users.view_user")
@needs("matching.add_consultschedule")
@on_primary
def book(request: StaffRequest) -> HttpResponse:
    user_id = request.GET.get("member", "")
    if not user_id:
        return _choose_member(request)
    if not is_id("usr", user_id):
        raise Http404
    user = load_live_member(request, user_id)
    if request.method != "POST":
        return _ask(request, user, BookForm(initial=_suggested(request)))
    form = BookForm(request.POST)
    return _book(request, user, form) if form.is_valid() else _ask(request, user, form, status=HTTP_UNPROCESSABLE)


def _book(request: StaffRequest, user: User, form: BookForm) -> HttpResponse:
    meant = form.cleaned_data["anyway"]
    try:
        consultation, is_new = ConsultSchedule.book(user, form.slot, by=request.user, anyway=meant, **form.described)
    except VerbRefusedError as refusal:
        form.add_error("scheduled_at", str(refusal))
        if isinstance(refusal, OutsideHoursError):
            form.offer_anyway()
        status = HTTP_CONFLICT if isinstance(refusal, ClashError) else HTTP_UNPROCESSABLE
        return _ask(request, user, form, status=status)
    said = _("%(name)s is booked: %(time)s.") if is_new else _("%(name)s was booked already: %(time)s.")
    flash(request, said % {"name": user.shown.name, "time": consultation.slot.label})
    return redirect(returning_to(request, request.POST.get("next", ""), otherwise=consult_url(consultation)))


def _ask(request: StaffRequest, user: User, form: BookForm, *, status: int = 200) -> HttpResponse:
    after = request.POST.get("next") or request.GET.get("next", "")
    context = {
        "user_record": user,
        "form": form,
        "next": after,
        "action_url": f"{request.path}?member={user.pk}",
        "cancel_url": returning_to(request, after, otherwise=reverse("matching:consults")),
    }
    return render(request, "matching/consults/book.html", context, status=status)


def _choose_member(request: StaffRequest) -> HttpResponse:
    """Search for the member; nothing is booked for nobody."""
    understood = understand(request.GET.get("q", ""))
    carried = request.GET.copy()
    carried.pop("q", None)
    members = _found(request, understood) if understood else []
    context = {
        "typed": request.GET.get("q", ""),
        "understood": understood,
        "members": [{"user_record": user, "url": f"{request.path}?{_with(carried, user.pk)}"} for user in members],
        "carried": [(name, value) for name, value in carried.items() if name != "member"],
    }
    return render(request, "matching/consults/choose_member.html", context)


def _found(request: StaffRequest, understood: Understood) -> list[User]:
    rows = MemberSearch.objects.live().matching(understood).order_by("-user_id")
    members = list(User.objects.with_profile().filter(pk__in=list(rows.values_list("user_id", flat=True)[:CANDIDATES])))
    asked = {"q": understood.on_record}
    UserAccessAudit.record_page(Action.SEARCH, [user.pk for user in members], by=request.user, asked=asked)
    return members


def _with(query: Any, user_id: str) -> str:
    carried = query.copy()
    carried["member"] = user_id
    return str(carried.urlencode())


def _suggested(request: StaffRequest) -> dict[str, Any]:
    """Return what the address suggests: the place in the calendar that was pressed, else oneself and the next hour."""
    consultant = request.GET.get("consultant", "")
    chosen = consultant if is_id("stf", consultant) and is_consultant(consultant) else request.user.pk
    return {"consultant": chosen, "scheduled_at": _moment(request.GET.get("at", "")) or _next_hour()}


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_naive(moment) else None


def _next_hour() -> datetime:
    return (timezone.localtime() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0, tzinfo=None)
