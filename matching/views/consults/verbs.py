"""One small URL a verb on a consultation: GET says what it will do, POST does it, unless the page is out of date."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from matching.consultations.verbs import CONSULT_VERBS, MOVE, RESTORE, ConsultVerb
from matching.forms.consultation import ConsultVerbForm
from matching.models import ConsultSchedule
from matching.models.consultation_booking import OutsideHoursError
from matching.models.consultation_clash import ClashError
from matching.models.consultation_slot import Slot
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal
from ygs_admin.web.returning import returning_to

from .loading import consult_url, load_consultation, posted

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422


def consult_verb_view(verb: ConsultVerb) -> Any:
    """Return the view of one verb."""
    view = needs("matching.view_consultschedule")(needs(verb.permission)(on_primary(partial(_verb, verb=verb))))
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def _verb(request: StaffRequest, consultation_id: str, *, verb: ConsultVerb) -> HttpResponse:
    consultation = load_consultation(request, consultation_id)
    if request.method != "POST":
        if consultation.is_deleted is not verb.on_deleted:
            raise Http404
        return _ask_if_offered(request, consultation, verb)
    form = verb.form(posted(request), consultation=consultation)
    if not form.is_valid():
        return _ask(request, consultation, verb, form, status=HTTP_UNPROCESSABLE)
    return _act(request, consultation, verb, form)


def _ask_if_offered(request: StaffRequest, consultation: ConsultSchedule, verb: ConsultVerb) -> HttpResponse:
    try:
        if verb.statuses:
            consultation.refuse_unless_in(verb.statuses)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return redirect(consult_url(consultation))
    return _ask(request, consultation, verb, verb.form(consultation=consultation))


def _act(
    request: StaffRequest, consultation: ConsultSchedule, verb: ConsultVerb, form: ConsultVerbForm
) -> HttpResponse:
    was = consultation.slot
    try:
        changed = verb.apply(consultation, request.user, form)
    except RowConflictError:
        return _ask_anew(request, consultation, verb, form)
    except (OutsideHoursError, ClashError) as refusal:
        return _ask_about_the_time(request, consultation, verb, form, refusal)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, str(verb.done), undo_url=_undo_url(request, consultation, verb, was) if changed else "")
    return redirect(_next(request, consultation))


def _ask_about_the_time(
    request: StaffRequest, consultation: ConsultSchedule, verb: ConsultVerb, form: Any, refusal: VerbRefusedError
) -> HttpResponse:
    """Say why the time is none; one outside the working hours is offered all the same."""
    form.add_error("scheduled_at" if "scheduled_at" in form.fields else None, str(refusal))
    if isinstance(refusal, OutsideHoursError):
        form.offer_anyway()
        return _ask(request, consultation, verb, form, status=HTTP_UNPROCESSABLE)
    return _ask(request, consultation, verb, form, status=HTTP_CONFLICT)


def _undo_url(request: StaffRequest, consultation: ConsultSchedule, verb: ConsultVerb, was: Slot) -> str:
    """Return where the inverse is pressed, with the version that the row has now; none where it may not be."""
    if not verb.inverse or not request.user.has_perm(CONSULT_VERBS[verb.inverse].permission):
        return ""
    now = ConsultSchedule.all_objects.with_row_version().get(pk=consultation.pk)
    carried: dict[str, Any] = {"row_version": now.row_version}
    if verb is MOVE:
        carried |= {
            "consultant": was.consultant_id,
            "scheduled_at": f"{timezone.localtime(was.starts_at):%Y-%m-%dT%H:%M:%S.%f}",
            "duration_minutes": was.minutes,
            "anyway": "on",
        }
    return f"{reverse(CONSULT_VERBS[verb.inverse].url_name, args=[consultation.pk])}?{urlencode(carried)}"


def _next(request: StaffRequest, consultation: ConsultSchedule) -> str:
    """Return to the calendar or list that the verb was pressed in, else to the consultation as far as it is there."""
    is_hidden = consultation.is_deleted and not request.user.has_perm(RESTORE.permission)
    otherwise = reverse("matching:consults") if is_hidden else consult_url(consultation)
    return returning_to(request, request.POST.get("next", ""), otherwise=otherwise)


def _ask(
    request: StaffRequest,
    consultation: ConsultSchedule,
    verb: ConsultVerb,
    form: ConsultVerbForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    after = request.POST.get("next") or request.GET.get("next", "")
    context = {
        "consultation": consultation,
        "verb": verb,
        "form": form,
        "next": after,
        "action_url": request.path,
        "cancel_url": returning_to(request, after, otherwise=consult_url(consultation)),
        **more,
    }
    return render(request, "matching/consults/verb.html", context, status=status)


def _ask_anew(
    request: StaffRequest, consultation: ConsultSchedule, verb: ConsultVerb, form: ConsultVerbForm
) -> HttpResponse:
    """Say what has changed since the page was made, with what was typed; the form carries the new version."""
    now = load_consultation(request, consultation.pk)
    differences = verb.form(form.data, consultation=now).differences()
    typed = {field.name: field.value() for field in form.visible_fields()}
    fresh = verb.form(initial=typed, consultation=now)
    return _ask(request, now, verb, fresh, status=HTTP_CONFLICT, is_conflict=True, differences=differences)
