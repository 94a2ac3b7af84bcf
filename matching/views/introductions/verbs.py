"""One small URL a verb on an introduction: GET says what it will do, POST does it."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from matching.forms.introduction import IntroductionVerbForm
from matching.introductions.verbs import BY_KEY, PERMISSION, IntroductionVerb
from matching.models import MatchHistory
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .asking import HTTP_UNPROCESSABLE, ask, ask_anew
from .loading import back_to, load_introduction, posted


def introduction_verb_view(verb: IntroductionVerb) -> Any:
    """Return the view of one verb."""
    view = needs(PERMISSION)(on_primary(partial(_verb, verb=verb)))
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def _verb(request: StaffRequest, introduction_id: str, *, verb: IntroductionVerb) -> HttpResponse:
    pair = load_introduction(request, introduction_id)
    if request.method != "POST":
        return _ask_if_offered(request, pair, verb)
    form = verb.form(posted(request), introduction=pair)
    if not form.is_valid():
        return ask(request, pair, verb, form, status=HTTP_UNPROCESSABLE, costs=_costs(pair, verb))
    return _act(request, pair, verb, form)


def _ask_if_offered(request: StaffRequest, pair: MatchHistory, verb: IntroductionVerb) -> HttpResponse:
    try:
        pair.refuse_unless_in(verb.statuses)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return back_to(request, pair)
    return ask(request, pair, verb, verb.form(introduction=pair), costs=_costs(pair, verb))


def _act(request: StaffRequest, pair: MatchHistory, verb: IntroductionVerb, form: IntroductionVerbForm) -> HttpResponse:
    try:
        changed = verb.apply(pair, request.user, form.cleaned_data)
    except RowConflictError:
        return ask_anew(request, pair, verb, form)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, str(verb.done), undo_url=_undo_url(pair, verb) if changed else "")
    return back_to(request, pair)


def _undo_url(pair: MatchHistory, verb: IntroductionVerb) -> str:
    """Return where the inverse is pressed, with the version that the row has now and what its form is given."""
    if not verb.inverse:
        return ""
    version = MatchHistory.objects.with_row_version().get(pk=pair.pk).row_version
    given = urlencode({"row_version": version, **dict(verb.undo)})
    return f"{reverse(BY_KEY[verb.inverse].url_name, args=[pair.pk])}?{given}"


def _costs(pair: MatchHistory, verb: IntroductionVerb) -> list[tuple[Any, str]]:
    """Return for each side of a pair that would be canceled why it gets nothing back, an empty text where it does."""
    if verb.key != "cancel" or pair.introduced_at is None:
        return []
    return [(member, pair.refusal_to_give_back(member)) for member in (pair.user_a, pair.user_b)]
