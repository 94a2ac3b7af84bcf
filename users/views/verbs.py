"""One small URL a verb: GET says what it will do, POST does it."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from users.models import User
from users.models.status import VerbRefusedError
from users.verbs import VERBS, Verb
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal
from ygs_admin.web.returning import returning_to

from .loading import load_member

HTTP_UNPROCESSABLE = 422


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)


def verb_view(verb: Verb) -> Any:
    """Return the view of one verb."""
    return require_http_methods(["GET", "HEAD", "POST"])(needs(verb.permission)(on_primary(partial(_verb, verb=verb))))


def _verb(request: StaffRequest, user_id: str, *, verb: Verb) -> HttpResponse:
    user = load_member(request, user_id)
    form = ReasonForm(request.POST or None) if verb.needs_reason else None
    if request.method != "POST":
        return _confirm(request, user, verb, form)
    if form is not None and not form.is_valid():
        return _confirm(request, user, verb, form, status=HTTP_UNPROCESSABLE)
    return _apply(request, user, verb, form.cleaned_data["reason"] if form else "")


def _apply(request: StaffRequest, user: User, verb: Verb, reason: str) -> HttpResponse:
    try:
        changed = verb.apply(user, request.user, reason)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(
            request,
            str(verb.done) % {"name": user.shown.name},
            undo_url=_undo_url(request, user, verb) if changed else "",
        )
    return redirect(_next(request, user))


def _undo_url(request: StaffRequest, user: User, verb: Verb) -> str:
    """Return where the inverse is pressed; none where it asks for a reason or is not this person's to press."""
    inverse = VERBS[verb.inverse]
    if inverse.needs_reason or not request.user.has_perm(inverse.permission):
        return ""
    return reverse(f"users:{inverse.key}", args=[user.pk])


def _next(request: StaffRequest, user: User) -> str:
    """Return to the list with its filters where the verb was pressed there, else to the member."""
    is_hidden = user.is_deleted and not request.user.has_perm("users.restore_user")
    member_or_list = reverse("users:list") if is_hidden else reverse("users:detail", args=[user.pk])
    return returning_to(request, request.POST.get("next", ""), otherwise=member_or_list)


def _confirm(request: StaffRequest, user: User, verb: Verb, form: Any, *, status: int = 200) -> HttpResponse:
    context = {
        "user_record": user,
        "verb": verb,
        "form": form,
        "action_url": request.path,
        "cancel_url": reverse("users:detail", args=[user.pk]),
    }
    return render(request, "users/verb.html", context, status=status)
