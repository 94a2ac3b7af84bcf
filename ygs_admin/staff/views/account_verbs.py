"""One small URL a verb of an account: GET says what it will do, POST does it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ygs_admin.staff.lockout import forget_failures_from, locked_addresses
from ygs_admin.staff.models import Staff
from ygs_admin.staff.models.standing import StandingRefusedError
from ygs_admin.staff.verbs import VERBS, AccountVerb
from ygs_admin.web.access import StaffRequest, needs, recently_confirmed
from ygs_admin.web.flash import flash, flash_refusal


def account_verb_view(verb: AccountVerb) -> Any:
    """Return the view of one verb."""
    view = needs("staff.change_staff")(recently_confirmed(partial(_verb, verb=verb)))
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def _verb(request: StaffRequest, staff_id: str, *, verb: AccountVerb) -> HttpResponse:
    staff = get_object_or_404(Staff, pk=staff_id)
    if request.method != "POST":
        return render(request, "staff/verb.html", {"staff": staff, "verb": verb, "action_url": request.path})
    try:
        with transaction.atomic():
            changed = verb.apply(staff, request.user)
    except StandingRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        undo_url = reverse(f"staff:{verb.inverse}", args=[staff.pk]) if changed and verb.inverse else ""
        flash(request, str(verb.done) % {"name": staff.name}, undo_url=undo_url)
    return redirect("staff:account", staff.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("staff.change_staff")
@recently_confirmed
def temporary_password(request: StaffRequest, staff_id: str) -> HttpResponse:
    """Shown in the answer to the POST, and never again."""
    staff = get_object_or_404(Staff, pk=staff_id)
    if request.method != "POST":
        return render(request, "staff/temporary_password_confirm.html", {"staff": staff})
    try:
        password = staff.set_temporary_password(by=request.user)
    except StandingRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return redirect("staff:account", staff.pk)
    return render(request, "staff/temporary_password.html", {"staff": staff, "password": password})


@require_POST
@needs("staff.change_staff")
@recently_confirmed
def unlock_address(request: StaffRequest) -> HttpResponse:
    address = request.POST.get("address", "")
    if address in locked_addresses() and forget_failures_from(address):
        request.user.tell(request.user, {"locked_address": [address, None]})
        flash(request, _("%(address)s is unlocked.") % {"address": address})
    return redirect("staff:list")


VERB_VIEWS = {key: account_verb_view(verb) for key, verb in VERBS.items()}
