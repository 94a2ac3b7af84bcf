"""The answers of the two sides, each at an address of its own."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from matching.forms.introduction import AnswerForm, IntroductionVerbForm
from matching.introductions.verbs import PERMISSION
from matching.models import MatchHistory
from matching.models.introduction_answers import ANSWERABLE, ANSWERED
from users.models import User
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .asking import HTTP_UNPROCESSABLE, ask, ask_anew
from .loading import back_to, came_from, load_introduction, load_side, posted


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMISSION)
@on_primary
def answer(request: StaffRequest, introduction_id: str, user_id: str) -> HttpResponse:
    """Record or correct what one side answers."""
    pair = load_introduction(request, introduction_id)
    return _press(request, pair, load_side(pair, user_id), AnswerForm)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMISSION)
@on_primary
def withdraw_answer(request: StaffRequest, introduction_id: str, user_id: str) -> HttpResponse:
    """Take one side's answer back."""
    pair = load_introduction(request, introduction_id)
    return _press(request, pair, load_side(pair, user_id), IntroductionVerbForm)


def _press(request: StaffRequest, pair: MatchHistory, member: User, kind: type[IntroductionVerbForm]) -> HttpResponse:
    words = _words(member, is_withdrawal=kind is not AnswerForm)
    if request.method != "POST":
        return _ask_if_open(request, pair, words, kind)
    form = kind(posted(request), introduction=pair)
    if not form.is_valid():
        return ask(request, pair, words, form, status=HTTP_UNPROCESSABLE)
    return _act(request, pair, member, words, form)


def _ask_if_open(
    request: StaffRequest, pair: MatchHistory, words: Any, kind: type[IntroductionVerbForm]
) -> HttpResponse:
    try:
        pair.refuse_unless_in(ANSWERABLE)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return back_to(request, pair)
    return ask(request, pair, words, kind(introduction=pair))


def _act(
    request: StaffRequest, pair: MatchHistory, member: User, words: Any, form: IntroductionVerbForm
) -> HttpResponse:
    given, before = form.cleaned_data, pair.response_of(member.pk)
    version = {"version": given["row_version"]}
    try:
        if "response" in given:
            changed = pair.answer(by=request.user, side_of=member.pk, response=given["response"], **version)
        else:
            changed = pair.withdraw_answer(by=request.user, side_of=member.pk, **version)
    except RowConflictError:
        return ask_anew(request, pair, words, form)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, words.done, undo_url=_undo_url(request, pair, member, before) if changed else "")
    return back_to(request, pair)


def _undo_url(request: StaffRequest, pair: MatchHistory, member: User, before: str) -> str:
    """Return where the answer from before is given again, or this one withdrawn; it leads back to the same page."""
    version = MatchHistory.objects.with_row_version().get(pk=pair.pk).row_version
    if before in ANSWERED:
        name, given = "matching:introduction_answer", {"row_version": version, "response": before}
    else:
        name, given = "matching:introduction_withdraw_answer", {"row_version": version}
    given["next"] = came_from(request, pair)
    return f"{reverse(name, args=[pair.pk, member.pk])}?{urlencode(given)}"


def _words(member: User, *, is_withdrawal: bool) -> Any:
    name = {"name": member.shown.name}
    if is_withdrawal:
        return SimpleNamespace(
            key="withdraw-answer",
            label=_("Withdraw the answer of %(name)s") % name,
            explanation=_("As if it had not been given."),
            done=_("The answer of %(name)s is withdrawn.") % name,
            tone="neutral",
        )
    return SimpleNamespace(
        key="answer",
        label=_("Answer of %(name)s") % name,
        press=_("Record"),
        explanation=_("Both accepted, and a date can be fixed; one refusal closes the introduction."),
        done=_("The answer of %(name)s is recorded.") % name,
        tone="neutral",
    )
