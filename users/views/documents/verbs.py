"""One small URL a verb on a document: GET says what it will do, POST does it, unless the page is out of date."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from users.documents.verbs import DOCUMENT_VERBS, PERMISSION, DocumentVerb
from users.forms.document_review import DocumentVerbForm
from users.models import UserDocument
from users.models.status import VerbRefusedError
from users.views.loading import load_live_member, posted
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal
from ygs_admin.web.returning import returning_to

from .loading import document_url, load_document

HTTP_CONFLICT = 409
HTTP_UNPROCESSABLE = 422


def document_verb_view(verb: DocumentVerb) -> Any:
    """Return the view of one verb."""
    view = needs("users.view_userdocument")(needs(PERMISSION)(on_primary(partial(_verb, verb=verb))))
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def _verb(request: StaffRequest, user_id: str, document_id: str, *, verb: DocumentVerb) -> HttpResponse:
    document = load_document(request, load_live_member(request, user_id), document_id)
    if document.is_deleted:
        raise Http404
    if request.method != "POST":
        return _ask_if_offered(request, document, verb)
    form = verb.form(posted(request), document=document)
    if not form.is_valid():
        return _ask(request, document, verb, form, status=HTTP_UNPROCESSABLE)
    return _act(request, document, verb, form)


def _ask_if_offered(request: StaffRequest, document: UserDocument, verb: DocumentVerb) -> HttpResponse:
    try:
        document.refuse_unless_in(verb.statuses)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
        return redirect(document_url(document))
    return _ask(request, document, verb, verb.form(document=document))


def _act(request: StaffRequest, document: UserDocument, verb: DocumentVerb, form: DocumentVerbForm) -> HttpResponse:
    try:
        changed = verb.apply(document, request.user, form.cleaned_data)
    except RowConflictError:
        return _ask_anew(request, document, verb, form)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, str(verb.done), undo_url=_undo_url(document, verb) if changed else "")
    return redirect(returning_to(request, request.POST.get("next", ""), otherwise=document_url(document)))


def _undo_url(document: UserDocument, verb: DocumentVerb) -> str:
    """Return where the inverse is pressed, with the version that the row has now."""
    if not verb.inverse:
        return ""
    now = UserDocument.objects.with_row_version().get(pk=document.pk)
    url = reverse(DOCUMENT_VERBS[verb.inverse].url_name, args=[document.user_id, document.pk])
    return f"{url}?row_version={now.row_version}"


def _ask(
    request: StaffRequest,
    document: UserDocument,
    verb: DocumentVerb,
    form: DocumentVerbForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "user_record": document.user,
        "document": document,
        "verb": verb,
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "action_url": request.path,
        "cancel_url": document_url(document),
        **more,
    }
    return render(request, "users/documents/verb.html", context, status=status)


def _ask_anew(
    request: StaffRequest, document: UserDocument, verb: DocumentVerb, form: DocumentVerbForm
) -> HttpResponse:
    """Say what has changed since the page was made, with what was typed; the form carries the new version."""
    now = load_document(request, document.user, document.pk)
    differences = verb.form(form.data, document=now).differences()
    typed = {field.name: field.value() for field in form.visible_fields()}
    fresh = verb.form(initial=typed, document=now)
    return _ask(request, now, verb, fresh, status=HTTP_CONFLICT, is_conflict=True, differences=differences)
