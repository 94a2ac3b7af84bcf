"""Members' documents and what the review found."""

from typing import Any, ClassVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit
from .document_kinds import DocumentType
from .document_review import DocumentReviewQuerySet, DocumentStatus, RejectReason, Reviewable
from .status import VerbRefusedError
from .user import User

# A member hands in seven kinds, and each anew from time to time.
MOST_DOCUMENTS = 50


class UserDocument(Reviewable):
    id = PrefixedULIDField(_("ID"), prefix="doc", primary_key=True)
    user = models.ForeignKey(User, models.DO_NOTHING, verbose_name=_("member"), db_index=False)
    document_type = EnumField(_("type"), choices=DocumentType.choices)
    s3_key = VarcharField(_("object key"))
    content_type = VarcharField(_("content type"), null=True, blank=True)
    original_filename = VarcharField(_("file name"), null=True, blank=True)
    status = EnumField(_("status"), choices=DocumentStatus.choices, default=DocumentStatus.PENDING)
    reject_reason = EnumField(_("reason for refusal"), choices=RejectReason.choices, null=True, blank=True)
    reject_note = VarcharField(_("note on refusal"), null=True, blank=True)
    reviewed_by = VarcharField(_("reviewed by"), null=True, blank=True)
    reviewed_at = UTCDateTimeField(_("reviewed"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    created_at = UTCDateTimeField(_("uploaded"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = LiveRows.from_queryset(DocumentReviewQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(DocumentReviewQuerySet)()

    class Meta:
        db_table = "user_documents"
        base_manager_name = "all_objects"
        default_related_name = "documents"
        ordering = ("-created_at", "-id")
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = (
            BackendIndex(fields=["user"], name="ix_user_documents_user_id"),
            BackendIndex(fields=["document_type"], name="ix_user_documents_document_type"),
            BackendIndex(fields=["status"], name="ix_user_documents_status"),
        )
        permissions = (
            ("review_userdocument", _("Can approve and refuse documents")),
            ("download_userdocument", _("Can download documents as they were sent in")),
        )

    def __str__(self) -> str:
        return f"{self.get_document_type_display()} {self.pk}"

    def hand_in(self, *, by: Staff | None) -> None:
        """Save this new document, which waits for a decision then, and record it, in one transaction.

        Raises:
            VerbRefusedError: the member has enough documents, or is deleted.
        """
        with transaction.atomic():
            self.user.locked()
            if type(self).objects.filter(user=self.user).count() >= MOST_DOCUMENTS:
                raise VerbRefusedError(_("A member has at most %(most)s documents.") % {"most": MOST_DOCUMENTS})
            self.save()
            UserAccessAudit.record(
                Action.CREATE,
                by=by,
                user_id=self.user.pk,
                resource_type=self._meta.db_table,
                resource_id=self.pk,
                detail={"document_type": [None, self.document_type]},
            )

    def undelete(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Bring the document back as it was; False where it is live.

        Raises:
            VerbRefusedError: the member is deleted, and this document with them.
            RowConflictError: the document is deleted, and not the row that the person saw.
        """
        with transaction.atomic():
            self.user.locked()
            return super().undelete(by=by, version=version)
