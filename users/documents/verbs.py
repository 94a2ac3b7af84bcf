"""What reviewers can do to a document: each verb's words and form. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from users.forms.document_review import ApproveForm, DocumentVerbForm, RejectForm
from users.models import DocumentStatus, UserDocument
from ygs_admin.staff.models import Staff

Apply = Callable[[UserDocument, Staff, dict[str, Any]], bool]

PERMISSION = "users.review_userdocument"
PENDING, APPROVED = DocumentStatus.PENDING, DocumentStatus.APPROVED
REJECTED, EXPIRED = DocumentStatus.REJECTED, DocumentStatus.EXPIRED


@dataclass(frozen=True)
class DocumentVerb:
    """`statuses` are those in which the verb is offered; whether it applies is decided by the model, later."""

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    statuses: frozenset[str]
    form: type[DocumentVerbForm]
    apply: Apply
    inverse: str = ""
    tone: str = "neutral"

    @property
    def url_name(self) -> str:
        return f"users:document_{self.key}"


def _approve(document: UserDocument, by: Staff, given: dict[str, Any]) -> bool:
    return document.approve(by=by, expires_on=given["expires_on"], version=given["row_version"])


def _reject(document: UserDocument, by: Staff, given: dict[str, Any]) -> bool:
    return document.reject(by=by, reason=given["reason"], note=given["note"], version=given["row_version"])


def _reopen(document: UserDocument, by: Staff, given: dict[str, Any]) -> bool:
    return document.reopen(by=by, version=given["row_version"])


APPROVE = DocumentVerb(
    "approve",
    _("Approve the document"),
    _("The document counts as proof up to and including its last day."),
    _("The document is approved."),
    frozenset({PENDING, REJECTED}),
    ApproveForm,
    _approve,
    inverse="reopen",
    tone="good",
)
REJECT = DocumentVerb(
    "reject",
    _("Refuse the document"),
    _("The document proves nothing; the member is told why, and hands in another."),
    _("The document is refused."),
    frozenset({PENDING, APPROVED}),
    RejectForm,
    _reject,
    inverse="reopen",
    tone="bad",
)
REOPEN = DocumentVerb(
    "reopen",
    _("Decide on the document anew"),
    _("The decision is taken back: the document waits again, as if nobody had looked at it."),
    _("The document waits for a decision again."),
    frozenset({APPROVED, REJECTED, EXPIRED}),
    DocumentVerbForm,
    _reopen,
)

DOCUMENT_VERBS = {verb.key: verb for verb in (APPROVE, REJECT, REOPEN)}


def offered_on(document: UserDocument) -> list[DocumentVerb]:
    """Return the verbs that fit a document's status, whoever may press them."""
    if document.is_deleted or document.user.is_deleted:
        return []
    return [verb for verb in DOCUMENT_VERBS.values() if document.status in verb.statuses]
