"""Below a member's `documents/`, among the names of `users`."""

from django.urls import path

from users.documents.verbs import DOCUMENT_VERBS

from .deletion import delete, deleted, restore
from .download import download
from .upload import add
from .verbs import document_verb_view
from .viewer import document, document_page

urlpatterns = [
    path("add/", add, name="document_add"),
    path("deleted/", deleted, name="documents_deleted"),
    path("<doc:document_id>/", document, name="document"),
    path("<doc:document_id>/pages/<int:number>/", document_page, name="document_page"),
    path("<doc:document_id>/delete/", delete, name="document_delete"),
    path("<doc:document_id>/restore/", restore, name="document_restore"),
    path("<doc:document_id>/download/", download, name="document_download"),
    *(
        path(f"<doc:document_id>/{verb.key}/", document_verb_view(verb), name=f"document_{verb.key}")
        for verb in DOCUMENT_VERBS.values()
    ),
]
