"""The contact script: what to write to either side, with the other's contact details, for a reason, on the record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from matching.introductions.script import messages_of, refuse_script
from users.masking import SEE_NAMES
from users.models import Action
from users.models.status import VerbRefusedError
from users.revealing import REVEAL_CONTACT
from users.views.verbs import ReasonForm
from ygs_admin.web.access import StaffRequest, needs, on_primary, recently_confirmed
from ygs_admin.web.flash import flash_refusal

from .asking import HTTP_UNPROCESSABLE
from .loading import back_to, introduction_url, load_introduction


@require_http_methods(["GET", "HEAD", "POST"])
@needs("matching.view_matchhistory")
@needs(REVEAL_CONTACT)
@needs(SEE_NAMES)
@recently_confirmed
@on_primary
def script(request: StaffRequest, introduction_id: str) -> HttpResponse:
    pair = load_introduction(request, introduction_id)
    try:
        refuse_script(pair)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return back_to(request, pair)
    context = {"introduction": pair, "action_url": request.path, "cancel_url": introduction_url(pair)}
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "matching/introductions/script_reason.html", context | {"form": form}, status=status)
    pair.record(Action.REVEAL, by=request.user, reason=form.cleaned_data["reason"])
    return render(request, "matching/introductions/script.html", context | {"letters": messages_of(pair)})
