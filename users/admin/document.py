"""Members' documents, by their keys on S3."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from users.models import UserDocument
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.filters import OpenChoicesFilter

from .recording import RecordedAdmin


@admin.register(UserDocument)
class UserDocumentAdmin(RecordedAdmin):
    fields = (
        "user",
        "document_type",
        "status",
        "reject_reason",
        "reject_note",
        "reviewed_by",
        "reviewed_at",
        "expires_on",
        "s3_key",
        "content_type",
        "original_filename",
    )
    readonly_on_change = ("s3_key", "content_type", "original_filename")
    list_display = (
        "id",
        "user",
        enum_column("document_type", _("type")),
        enum_column("status", _("status")),
        "expires_on",
        "created_at",
    )
    list_filter = (("status", OpenChoicesFilter), ("document_type", OpenChoicesFilter))
