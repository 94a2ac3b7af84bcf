"""Showing a member's contact details, for a reason, on the record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from users.models import Action
from ygs_admin.web.access import StaffRequest, needs, on_primary, recently_confirmed

from .loading import load_member
from .verbs import ReasonForm

HTTP_UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.reveal_contact")
@recently_confirmed
@on_primary
def reveal(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_member(request, user_id)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "users/reveal.html", {"user_record": user, "form": form}, status=status)
    user.record(Action.REVEAL, by=request.user, reason=form.cleaned_data["reason"])
    template = "users/_contact.html" if request.htmx else "users/revealed.html"
    return render(request, template, {"user_record": user, "is_revealed": True})
