"""One case of the review as its reviewer sees it: the member, and what of theirs waits, item by item."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from users.documents.reject_sentences import SENTENCES
from users.documents.verification import Checklist, checklist
from users.models import (
    Action,
    DocumentStatus,
    RejectReason,
    ReviewDecision,
    User,
    UserAccessAudit,
    UserDocument,
    UserStatus,
)
from ygs_admin.staff.models import Staff

from .queue import DECIDES_DOCUMENTS, DECIDES_SIGN_UPS
from .signup_reasons import SENTENCES as SIGN_UP_SENTENCES
from .signup_reasons import SignUpRejectReason

HISTORY_ROWS = 8


@dataclass(frozen=True)
class Reason:
    """Why something may be turned down: its key, and the Korean sentence that the member is told."""

    value: str
    label: str
    sentence: str


@dataclass(frozen=True)
class Item:
    """One thing to decide: a document, or the sign-up itself. Both rows carry their version."""

    user: User
    document: UserDocument | None = None

    @property
    def key(self) -> str:
        return str(self.document.pk if self.document else self.user.pk)

    @property
    def row_version(self) -> int | None:
        return self.document.row_version if self.document else self.user.row_version

    @property
    def title(self) -> str:
        return str(self.document.get_document_type_display()) if self.document else _("Sign-up")

    @property
    def since(self) -> Any:
        return self.document.created_at if self.document else self.user.created_at

    @property
    def reasons(self) -> list[Reason]:
        if self.document:
            return [Reason(reason.value, str(reason.label), SENTENCES[reason]) for reason in RejectReason]
        return [Reason(reason.value, str(reason.label), SIGN_UP_SENTENCES[reason]) for reason in SignUpRejectReason]


@dataclass(frozen=True)
class Case:
    """`items` are what this reviewer may decide, in the order in which it is best done: the sign-up comes last.

    `documents` are all live ones; each has the `decision` about it that is not final yet, by whomever, or None.
    """

    user: User
    items: list[Item]
    documents: list[Any]

    def item(self, key: str | None) -> Item | None:
        """Return the item with this key; without a key the first."""
        if not key:
            return self.items[0] if self.items else None
        return next((item for item in self.items if item.key == key), None)

    @cached_property
    def checklist(self) -> Checklist:
        """Return what the member has proven, and what not."""
        return checklist(getattr(self.user, "profile", None), self.documents, on=timezone.localdate())

    @cached_property
    def history(self) -> list[UserAccessAudit]:
        """Return what was decided about the member before, newest first; one query."""
        actions = (Action.APPROVE, Action.REJECT)
        rows = UserAccessAudit.objects.about(self.user.pk).filter(action__in=actions)
        return list(rows[:HISTORY_ROWS])


def load_case(member_id: str, staff: Staff) -> Case | None:
    """Return the case as it is now, None where there is no such member; three queries."""
    user = User.objects.with_everything().with_row_version().filter(pk=member_id).first()
    if user is None:
        return None
    decisions = {decision.document_id: decision for decision in ReviewDecision.objects.waiting().filter(member=user)}
    documents = list(user.documents.with_row_version().order_by("created_at", "id"))
    for document in documents:
        document.decision = decisions.get(document.pk)
    return Case(user, _items(user, documents, staff, is_decided=None in decisions), documents)


def _items(user: User, documents: list[Any], staff: Staff, *, is_decided: bool) -> list[Item]:
    items = []
    if staff.has_perm(DECIDES_DOCUMENTS):
        items += [Item(user, row) for row in documents if row.status == DocumentStatus.PENDING and not row.decision]
    if staff.has_perm(DECIDES_SIGN_UPS) and user.status == UserStatus.PENDING and not is_decided:
        items.append(Item(user))
    return items
