"""Sending a document in: one at a time, with its kind."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from users.documents.upload import add_document
from users.models import DocumentType, User
from users.models.status import VerbRefusedError
from users.views.loading import load_live_member
from ygs_admin.storage import StorageError
from ygs_admin.uploads.errors import UploadRefusedError
from ygs_admin.uploads.receiving import takes_files
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash

from .loading import documents_url, list_response

HTTP_UNPROCESSABLE = 422
PAPERS = "application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif"


class DocumentForm(forms.Form):
    document_type = forms.ChoiceField(label=_("Type"), choices=[("", _("Choose a type")), *DocumentType.choices])
    document = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": PAPERS}),
        help_text=_("PDF, JPEG, PNG, WebP or HEIC, up to 20 MB and 30 pages. It is made anew from how it looks."),
    )


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_userdocument")
@needs("users.add_userdocument")
@on_primary
def add(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    if request.method != "POST":
        return _ask(request, user, DocumentForm(initial={"document_type": request.GET.get("document_type", "")}))
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid() and (problem := _take(request, user, **form.cleaned_data)):
        form.add_error("document", problem)
    if form.errors:
        return _refuse(request, user, form)
    if request.htmx:
        return list_response(request, user)
    flash(request, gettext("The document is taken, and waits for a decision."))
    return redirect(documents_url(user))


def _take(request: StaffRequest, user: User, *, document_type: str, document: UploadedFile) -> str:
    """Keep the file; return why not, naming it, empty where it was kept."""
    try:
        add_document(user, document_type, document.read(), str(document.name), by=request.user)
    except (UploadRefusedError, VerbRefusedError) as refusal:
        return f"{document.name}: {refusal}"
    except StorageError:
        return f"{document.name}: {gettext('The document store does not answer. Nothing was kept; try again later.')}"
    return ""


def _refuse(request: StaffRequest, user: User, form: DocumentForm) -> HttpResponse:
    if not request.htmx:
        return _ask(request, user, form, status=HTTP_UNPROCESSABLE)
    problem = " ".join(f"{form[name].label}: {error}" for name in form.errors for error in form.errors[name])
    return list_response(request, user, problem=problem, status=HTTP_UNPROCESSABLE)


def _ask(request: StaffRequest, user: User, form: DocumentForm, *, status: int = 200) -> HttpResponse:
    context = {"user_record": user, "form": form, "action_url": request.path, "cancel_url": documents_url(user)}
    return render(request, "users/documents/add.html", context, status=status)
