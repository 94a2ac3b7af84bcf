"""Deciding on a document: approve, refuse, take either back, and let an approval end with its validity."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff

from .access import Action
from .changing import ChangedByVerbs
from .deletion import DeletionQuerySet
from .document_kinds import usual_expiry
from .status import VerbRefusedError


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


OVER = _("Its last day, %(day)s, is over. Say until when it is valid.")
DECIDED = {DocumentStatus.APPROVED, DocumentStatus.REJECTED, DocumentStatus.EXPIRED}


class DocumentReviewQuerySet(DeletionQuerySet):
    def waiting(self) -> Self:
        """Return the live rows of live members that wait for a decision, the oldest first.

        `console_documents_waiting` serves this: its cost is what waits, not what there is.
        """
        rows = self.live().filter(status=DocumentStatus.PENDING, user__deleted_at__isnull=True)
        return rows.order_by("created_at", "id")

    def waiting_of_whom(self) -> Any:
        """Return the ids of the members of whom a document waits, deleted members and repetitions included.

        Read from `console_documents_waiting` alone: lists narrow to it, and leave deleted members out themselves.
        """
        return self.live().filter(status=DocumentStatus.PENDING).order_by().values("user")

    def lapsed(self, on: date) -> Self:
        """Return the live rows whose approval has outlived its last day then (`console_documents_lapsing`)."""
        rows = self.live().filter(status=DocumentStatus.APPROVED, expires_on__lt=on, user__deleted_at__isnull=True)
        return rows.order_by("expires_on", "id")


class Reviewable(ChangedByVerbs):
    """A document, on which a reviewer decides. Who decides otherwise than somebody just has is told so."""

    deleted_message = _("This document is deleted. Restore it first.")

    document_type: Any
    status: Any
    reject_reason: Any
    reject_note: Any
    reviewed_by: Any
    reviewed_at: Any
    expires_on: Any
    created_at: Any
    get_status_display: Any

    class Meta:
        abstract = True

    def approve(self, *, by: Staff | None, expires_on: date | None = None, version: int | None = None) -> bool:
        """Take the document as proof up to and including that day, by default as long as is usual for its kind.

        False where it is taken so already.

        Raises:
            VerbRefusedError: it is neither waiting nor refused, it or the member is deleted, or that day is over.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by, action=Action.APPROVE) as row:
            if row.status == DocumentStatus.APPROVED and expires_on in (None, row.expires_on):
                return False
            row.expect(version)
            row.refuse_unless_in({DocumentStatus.PENDING, DocumentStatus.REJECTED})
            row.expires_on = expires_on or row.suggested_expiry()
            row.refuse_if_over()
            row.stamp(DocumentStatus.APPROVED, by=by)
        return True

    def reject(self, *, by: Staff | None, reason: str, note: str = "", version: int | None = None) -> bool:
        """Refuse the document for a `RejectReason`; `note` is the sentence that the member is told.

        False where it is refused so already.

        Raises:
            VerbRefusedError: it is neither waiting nor approved, it or the member is deleted, or the reason says
                nothing without a note.
            RowConflictError: the row is not the one that the person's page showed.
        """
        if RejectReason(reason) == RejectReason.OTHER and not note.strip():
            raise VerbRefusedError(_("Say in the note what is wrong."))
        with self.changing(by=by, reason=reason, action=Action.REJECT) as row:
            if (row.status, row.reject_reason, row.reject_note) == (DocumentStatus.REJECTED, reason, note or None):
                return False
            row.expect(version)
            row.refuse_unless_in({DocumentStatus.PENDING, DocumentStatus.APPROVED})
            row.stamp(DocumentStatus.REJECTED, by=by)
            row.reject_reason, row.reject_note, row.expires_on = reason, note or None, None
        return True

    def reopen(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Take the decision back: the document waits again, as if nobody had looked at it.

        Raises:
            VerbRefusedError: it or the member is deleted.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by) as row:
            if row.status == DocumentStatus.PENDING:
                return False
            row.expect(version)
            row.refuse_unless_in(DECIDED)
            row.status = DocumentStatus.PENDING
            row.reviewed_by = row.reviewed_at = row.reject_reason = row.reject_note = row.expires_on = None
        return True

    def expire(self, *, by: Staff | None = None) -> bool:
        """End an approval whose last day is over; its inverse is `reopen`. False where there is nothing to end."""
        with self.changing(by=by) as row:
            if row.status != DocumentStatus.APPROVED or not row.is_over:
                return False
            row.status = DocumentStatus.EXPIRED
        return True

    @property
    def is_over(self) -> bool:
        """Tell whether the last day of its validity is over, in Seoul."""
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    def suggested_expiry(self) -> date | None:
        """Return until when it would be approved: what it says already, or what is usual for its kind."""
        return self.expires_on or usual_expiry(self.document_type, timezone.localdate(self.created_at))

    def stamp(self, status: str, *, by: Staff | None) -> None:
        """Take over a decision, who made it and when; what an earlier refusal said goes."""
        self.status, self.reviewed_by, self.reviewed_at = status, by.pk if by else None, timezone.now()
        self.reject_reason = self.reject_note = None

    def refuse_unless_in(self, statuses: Collection[str]) -> None:
        if self.status not in statuses:
            message = _("This can't be done while the document's status is “%(status)s”.")
            raise VerbRefusedError(message % {"status": self.get_status_display()})

    def refuse_if_over(self) -> None:
        if self.is_over:
            raise VerbRefusedError(OVER % {"day": self.expires_on})

    def locked(self) -> Self:
        # The member first, as a deletion of the member locks: two that meet wait for each other and never for ever.
        self.user.locked()
        return super().locked()
