"""Members' pages. Each room of `users/views/` has its own below its address, among the names of `users`."""

from django.urls import include, path

from ygs_admin.db.ids import register_id_converter

from .verbs import VERBS
from .views.editing import EDITS, edit_view
from .views.export import export
from .views.member import member
from .views.members import members
from .views.reveal import reveal, reveal_to_edit
from .views.verbs import verb_view

# Of everything that an address below names; the rooms are read after this.
for prefix in ("usr", "pho", "doc", "sub", "aud", "svw", "bpl", "job", "dec"):
    register_id_converter(prefix)

app_name = "users"
urlpatterns = [
    path("", members, name="list"),
    path("export/", export, name="export"),
    path("bulk/", include("users.views.bulk.urls")),
    path("views/", include("users.views.saved_views.urls")),
    path("audit/", include("users.views.audit.urls")),
    path("review/", include("users.views.review.urls")),
    path("<usr:user_id>/", member, name="detail"),
    path("<usr:user_id>/reveal/", reveal, name="reveal"),
    path("<usr:user_id>/edit/member/reveal/", reveal_to_edit, name="reveal_to_edit"),
    *(path(f"<usr:user_id>/edit/{edit.key}/", edit_view(edit), name=f"edit_{edit.key}") for edit in EDITS.values()),
    path("<usr:user_id>/photos/", include("users.views.photos.urls")),
    path("<usr:user_id>/documents/", include("users.views.documents.urls")),
    path("<usr:user_id>/subscription/", include("users.views.subscription.urls")),
    *(path(f"<usr:user_id>/{verb.key}/", verb_view(verb), name=verb.key) for verb in VERBS.values()),
]
