"""Members with documents, for the tests of what is decided on them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from users.models import User, UserAccessAudit, UserDocument

DAY = timedelta(days=1)


def handed_in(member: User, document_type: str = "identity", **columns: Any) -> UserDocument:
    """Return a document as the app leaves it: waiting, unless `columns` say otherwise."""
    document: UserDocument = UserDocument.objects.create(
        user=member, document_type=document_type, **{"s3_key": f"tests/{member.pk}.pdf", **columns}
    )
    return document


def days_from_now(days: int) -> Any:
    return timezone.localdate() + days * DAY


def as_shown(document: UserDocument) -> UserDocument:
    """Return the document as a page reads it, with its version."""
    row: UserDocument = UserDocument.all_objects.with_row_version().get(pk=document.pk)
    return row


def records_of(document: UserDocument) -> list[UserAccessAudit]:
    """Return the rows of the access record on this document, the newest first."""
    return list(UserAccessAudit.objects.about(document.user_id).filter(resource_id=document.pk))
