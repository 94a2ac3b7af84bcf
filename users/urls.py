from django.urls import path

from ygs_admin.db.ids import register_id_converter

from .verbs import VERBS
from .views.editing import EDITS, edit_view
from .views.member import member
from .views.members import members
from .views.reveal import reveal
from .views.verbs import verb_view

for prefix in ("usr", "pho", "doc", "sub", "aud"):
    register_id_converter(prefix)

app_name = "users"
urlpatterns = [
    path("", members, name="list"),
    path("<usr:user_id>/", member, name="detail"),
    path("<usr:user_id>/reveal/", reveal, name="reveal"),
    *(path(f"<usr:user_id>/edit/{edit.key}/", edit_view(edit), name=f"edit_{edit.key}") for edit in EDITS.values()),
    *(path(f"<usr:user_id>/{verb.key}/", verb_view(verb), name=verb.key) for verb in VERBS.values()),
]
