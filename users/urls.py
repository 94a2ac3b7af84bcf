from django.urls import include, path

from ygs_admin.db.ids import register_id_converter

from .bulk import BULK_VERBS
from .document_verbs import DOCUMENT_VERBS
from .inspection.month import register_month_converter
from .subscription_verbs import SUBSCRIPTION_VERBS
from .verbs import VERBS
from .views import document_deletion, saved_views
from .views.audit import audit
from .views.audit_entry import audit_entry
from .views.audit_export import audit_export
from .views.bulk import bulk_plan, bulk_view
from .views.bulk_undo import bulk_undo
from .views.document import document, document_page
from .views.document_download import download
from .views.document_upload import add as add_document
from .views.document_verbs import document_verb_view
from .views.editing import EDITS, edit_view
from .views.export import export
from .views.inspection import explain, inspection, sign_off
from .views.inspections import inspections
from .views.member import member
from .views.members import members
from .views.photo import photo
from .views.photo_deletion import delete, deleted, restore
from .views.photo_order import order
from .views.photo_upload import add
from .views.reveal import reveal, reveal_to_edit
from .views.subscription_ledger import ledger
from .views.subscription_verbs import restore as restore_subscription
from .views.subscription_verbs import subscription_verb_view
from .views.verbs import verb_view

for prefix in ("usr", "pho", "doc", "sub", "aud", "svw", "bpl", "job", "dec"):
    register_id_converter(prefix)
register_month_converter()

app_name = "users"
urlpatterns = [
    path("", members, name="list"),
    *(path(f"bulk/{verb.key}/", bulk_view(verb), name=f"bulk_{verb.key}") for verb in BULK_VERBS.values()),
    path("bulk/<bpl:plan_id>/", bulk_plan, name="bulk_plan"),
    path("bulk/undo/<job:job_id>/", bulk_undo, name="bulk_undo"),
    path("export/", export, name="export"),
    path("views/", saved_views.views, name="views"),
    path("views/new/", saved_views.new, name="view_new"),
    path("views/<svw:view_id>/", saved_views.edit, name="view_edit"),
    path("views/<svw:view_id>/save/", saved_views.save, name="view_save"),
    path("views/<svw:view_id>/move/", saved_views.move, name="view_move"),
    path("views/<svw:view_id>/delete/", saved_views.delete, name="view_delete"),
    path("audit/", audit, name="audit"),
    path("audit/export/", audit_export, name="audit_export"),
    path("audit/<aud:audit_id>/", audit_entry, name="audit_entry"),
    path("audit/inspections/", inspections, name="inspections"),
    path("audit/inspections/<month:month>/", inspection, name="inspection"),
    path("audit/inspections/<month:month>/explain/", explain, name="inspection_explain"),
    path("audit/inspections/<month:month>/sign-off/", sign_off, name="inspection_sign_off"),
    path("review/", include("users.review.urls")),
    path("<usr:user_id>/", member, name="detail"),
    path("<usr:user_id>/reveal/", reveal, name="reveal"),
    path("<usr:user_id>/photos/add/", add, name="photo_add"),
    path("<usr:user_id>/photos/order/", order, name="photo_order"),
    path("<usr:user_id>/photos/deleted/", deleted, name="photos_deleted"),
    path("<usr:user_id>/photos/<pho:photo_id>/", photo, name="photo"),
    path("<usr:user_id>/photos/<pho:photo_id>/delete/", delete, name="photo_delete"),
    path("<usr:user_id>/photos/<pho:photo_id>/restore/", restore, name="photo_restore"),
    path("<usr:user_id>/edit/member/reveal/", reveal_to_edit, name="reveal_to_edit"),
    path("<usr:user_id>/documents/add/", add_document, name="document_add"),
    path("<usr:user_id>/documents/deleted/", document_deletion.deleted, name="documents_deleted"),
    path("<usr:user_id>/documents/<doc:document_id>/", document, name="document"),
    path("<usr:user_id>/documents/<doc:document_id>/pages/<int:number>/", document_page, name="document_page"),
    path("<usr:user_id>/documents/<doc:document_id>/delete/", document_deletion.delete, name="document_delete"),
    path("<usr:user_id>/documents/<doc:document_id>/restore/", document_deletion.restore, name="document_restore"),
    path("<usr:user_id>/documents/<doc:document_id>/download/", download, name="document_download"),
    *(
        path(
            f"<usr:user_id>/documents/<doc:document_id>/{verb.key}/",
            document_verb_view(verb),
            name=f"document_{verb.key}",
        )
        for verb in DOCUMENT_VERBS.values()
    ),
    *(path(f"<usr:user_id>/edit/{edit.key}/", edit_view(edit), name=f"edit_{edit.key}") for edit in EDITS.values()),
    path("<usr:user_id>/subscription/ledger/", ledger, name="subscription_ledger"),
    path("<usr:user_id>/subscription/restore/", restore_subscription, name="subscription_restore"),
    *(
        path(f"<usr:user_id>/subscription/{verb.key}/", subscription_verb_view(verb), name=f"subscription_{verb.name}")
        for verb in SUBSCRIPTION_VERBS.values()
    ),
    *(path(f"<usr:user_id>/{verb.key}/", verb_view(verb), name=verb.key) for verb in VERBS.values()),
]
