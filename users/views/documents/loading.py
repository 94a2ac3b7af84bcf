"""Loading a member and a document of theirs for the pages about documents, and what those answer a script with."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from users.models import Action, User, UserDocument
from users.sections import documents_of
from ygs_admin.web.access import StaffRequest


def load_document(request: StaffRequest, user: User, document_id: str) -> UserDocument:
    """Return this member's document with its row version; a deleted one only to those who delete and restore.

    Raises:
        Http404: there is none that this person may know of, or it is another member's.
    """
    rows = UserDocument.all_objects.with_row_version()
    document: UserDocument | None = rows.filter(user=user, pk=document_id).first()
    if document is None or (document.is_deleted and not request.user.has_perm("users.delete_userdocument")):
        raise Http404
    document.user = user
    return document


def document_url(document: UserDocument) -> str:
    return reverse("users:document", args=[document.user_id, document.pk])


def documents_url(user: User) -> str:
    return f"{reverse('users:detail', args=[user.pk])}#documents"


def list_response(request: StaffRequest, user: User, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Answer a script with the documents as they are now; `problem` says why they are not as was asked."""
    context = {"user_record": user, "problem": problem, **documents_of(user)}
    user.record(Action.VIEW, by=request.user, resource_type=UserDocument._meta.db_table)
    return render(request, "users/documents/_list.html", context, status=status)
