"""Taking a document away as it is kept: for a reason, on the record, by a URL that lives a minute."""

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from users.models import Action, UserDocument
from users.views.loading import load_live_member
from users.views.verbs import ReasonForm
from ygs_admin import storage
from ygs_admin.storage import StorageError
from ygs_admin.uploads.documents import EXTENSIONS, UNKNOWN_TYPE, safe_filename
from ygs_admin.web.access import StaffRequest, needs, on_primary, recently_confirmed
from ygs_admin.web.flash import flash_refusal

from .loading import document_url, load_document

HTTP_UNPROCESSABLE = 422


# Browsers hold what a form leads to, redirections included, to the policy of the form's page.
@csp_update({"form-action": [settings.OBJECTS_ORIGIN]})
@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.view_userdocument")
@needs("users.download_userdocument")
@recently_confirmed
@on_primary
def download(request: StaffRequest, user_id: str, document_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    document = load_document(request, user, document_id)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {
            "user_record": user,
            "document": document,
            "form": form,
            "action_url": request.path,
            "cancel_url": document_url(document),
        }
        status = HTTP_UNPROCESSABLE if request.method == "POST" else 200
        return render(request, "users/documents/download.html", context, status=status)
    return _hand_over(request, document, reason=form.cleaned_data["reason"])


def _hand_over(request: StaffRequest, document: UserDocument, *, reason: str) -> HttpResponse:
    """Record, and then lead to the object; nothing is recorded of one that cannot be had."""
    try:
        if not storage.exists(document.s3_key):
            flash_refusal(request, _("The file is missing in the document store."))
            return redirect(document_url(document))
    except StorageError:
        flash_refusal(request, _("The document store does not answer. Try again later."))
        return redirect(document_url(document))
    document.user.record(
        Action.DOWNLOAD,
        by=request.user,
        reason=reason,
        resource_type=document._meta.db_table,
        resource_id=document.pk,
    )
    return redirect(_signed_url(document))


def _signed_url(document: UserDocument) -> str:
    """Return the object's URL, by which it is saved under a safe name and never shown, whatever it is."""
    content_type = document.content_type if document.content_type in EXTENSIONS else UNKNOWN_TYPE
    filename = safe_filename(document.original_filename or "", content_type)
    return storage.presign(document.s3_key, content_type=content_type, filename=filename, as_attachment=True)
