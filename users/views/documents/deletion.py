"""Deleting a document, bringing it back, and the page of those that are deleted."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from users.models import Action, UserDocument
from users.models.status import VerbRefusedError
from users.views.loading import load_live_member
from ygs_admin.web.access import StaffRequest, needs, on_primary
from ygs_admin.web.flash import flash, flash_refusal

from .loading import documents_url, load_document


@require_http_methods(["GET", "HEAD", "POST"])
@needs("users.delete_userdocument")
@on_primary
def delete(request: StaffRequest, user_id: str, document_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    document = load_document(request, user, document_id)
    if request.method != "POST":
        if document.is_deleted:
            raise Http404
        context = {
            "user_record": user,
            "document": document,
            "action_url": request.path,
            "cancel_url": documents_url(user),
        }
        return render(request, "users/documents/delete.html", context)
    deleted = document.soft_delete(by=request.user)
    undo_url = reverse("users:document_restore", args=[user.pk, document.pk]) if deleted else ""
    flash(request, _("The document is deleted."), undo_url=undo_url)
    return redirect(documents_url(user))


@require_POST
@needs("users.delete_userdocument")
@on_primary
def restore(request: StaffRequest, user_id: str, document_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    document = load_document(request, user, document_id)
    try:
        document.undelete(by=request.user)
    except VerbRefusedError as refusal:
        flash_refusal(request, str(refusal))
    else:
        flash(request, _("The document is back."))
    return redirect(documents_url(user))


@require_safe
@needs("users.view_userdocument")
@needs("users.delete_userdocument")
@on_primary
def deleted(request: StaffRequest, user_id: str) -> HttpResponse:
    user = load_live_member(request, user_id)
    documents = list(UserDocument.all_objects.deleted().filter(user=user).order_by("-deleted_at", "id"))
    user.record(Action.VIEW, by=request.user, resource_type=UserDocument._meta.db_table)
    return render(request, "users/documents/deleted.html", {"user_record": user, "documents": documents})
