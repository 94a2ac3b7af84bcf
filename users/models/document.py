"""Members' documents and what the review found."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows
from ygs_admin.db.timestamps import UTCDateTimeField

from .deletion import Deletable, DeletionQuerySet
from .user import User


class DocumentType(models.TextChoices):
    IDENTITY = "identity", _("Proof of identity")
    EMPLOYMENT = "employment", _("Proof of employment")
    GRADUATION = "graduation", _("Diploma")
    INCOME = "income", _("Proof of income")
    MARRIAGE_RELATION = "marriage_relation", _("Marriage relation certificate")
    BUSINESS_LICENSE = "business_license", _("Business licence")
    PROFESSIONAL_LICENSE = "professional_license", _("Professional licence")


class DocumentStatus(models.TextChoices):
    PENDING = "pending", _("Waiting")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Refused")
    EXPIRED = "expired", _("Expired")


class RejectReason(models.TextChoices):
    UNREADABLE = "unreadable", _("Unreadable")
    WRONG_DOCUMENT = "wrong_document", _("Wrong document")
    EXPIRED_DOCUMENT = "expired_document", _("Out of date")
    NAME_MISMATCH = "name_mismatch", _("Another name")
    RRN_NOT_MASKED = "rrn_not_masked", _("Resident number not masked")
    SUSPECTED_FORGERY = "suspected_forgery", _("Suspected forgery")
    OTHER = "other", _("Other reason")


class UserDocument(Deletable):
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

    objects: ClassVar[Any] = LiveRows.from_queryset(DeletionQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(DeletionQuerySet)()

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
