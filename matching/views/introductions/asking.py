"""The page that asks before a verb on an introduction, and asks anew where something has changed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from matching.forms.introduction import IntroductionVerbForm
from matching.models import MatchHistory
from ygs_admin.web.access import StaffRequest

from .loading import came_from, load_introduction, posted

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422


def ask(
    request: StaffRequest, pair: MatchHistory, verb: Any, form: IntroductionVerbForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Say what the verb will do; `verb` has a label, an explanation and a tone."""
    context = {
        "introduction": pair,
        "verb": verb,
        "form": form,
        "action_url": request.path,
        "cancel_url": came_from(request, pair),
        "next": posted(request).get("next", ""),
        **more,
    }
    return render(request, "matching/introductions/verb.html", context, status=status)


def ask_anew(request: StaffRequest, pair: MatchHistory, verb: Any, form: IntroductionVerbForm) -> HttpResponse:
    """Say what has changed since the page was made, with what was typed; the form carries the new version."""
    pair = load_introduction(request, pair.pk)
    kind = type(form)
    differences = kind(form.data, introduction=pair).differences()
    typed = {field.name: field.value() for field in form.visible_fields()}
    fresh = kind(initial=typed, introduction=pair)
    return ask(request, pair, verb, fresh, status=HTTP_CONFLICT, is_conflict=True, differences=differences)
