"""Showing a member's contact details, for a reason, on the record: on their own, or in the form that edits them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from users.models import Action, User
from users.revealing import REVEAL_CONTACT, open_contact
from ygs_admin.web.access import StaffRequest, needs, on_primary, recently_confirmed

from .loading import load_live_member, load_member
from .verbs import ReasonForm

HTTP_UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(REVEAL_CONTACT)
@recently_confirmed
@on_primary
def reveal(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_member(request, user_id)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, user, form, cancel_url=reverse("users:detail", args=[user.pk]))
    user.record(Action.REVEAL, by=request.user, reason=form.cleaned_data["reason"])
    template = "users/_contact.html" if request.htmx else "users/revealed.html"
    return render(request, template, {"user_record": user, "is_revealed": True})


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.change_user")
@needs(REVEAL_CONTACT)
@recently_confirmed
@on_primary
def reveal_to_edit(request: StaffRequest, user_id: str) -> HttpResponse:
    """Open the details for the form; it records each time that it shows them."""
    user = load_live_member(request, user_id)
    form, edit_url = ReasonForm(request.POST or None), reverse("users:edit_member", args=[user.pk])
    if request.method != "POST" or not form.is_valid():
        return _ask(request, user, form, cancel_url=edit_url)
    open_contact(request, user, form.cleaned_data["reason"])
    return redirect(edit_url)


def _ask(request: StaffRequest, user: User, form: ReasonForm, *, cancel_url: str) -> HttpResponse:
    status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
    context = {"user_record": user, "form": form, "action_url": request.path, "cancel_url": cancel_url}
    return render(request, "users/reveal.html", context, status=status)
