"""What a member's documents prove: a checklist of what is needed, and what it comes to.

Everybody proves who they are and that they are not married; beside that, only what they state about themselves. A
member who states no salary needs no proof of income.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from users.models import DocumentStatus, DocumentType, UserDocument, UserProfile
from users.models.vocabulary import Education

COLLEGE = {Education.ASSOCIATE, Education.BACHELOR, Education.MASTER, Education.DOCTORATE}
# Whoever works for others, for themselves, or by a licence proves it by another paper; one of them will do.
OF_WORK = (DocumentType.EMPLOYMENT, DocumentType.BUSINESS_LICENSE, DocumentType.PROFESSIONAL_LICENSE)


class ItemState(models.TextChoices):
    APPROVED = "approved", _("Approved")
    WAITING = "pending", _("Waiting")
    EXPIRED = "expired", _("Expired")
    REJECTED = "rejected", _("Refused")
    MISSING = "missing", _("Missing")


class Verification(models.TextChoices):
    """`waiting`: everything is there, and staff have to decide; `incomplete`: it is the member's turn."""

    VERIFIED = "verified", _("Verified")
    WAITING = "waiting", _("Waiting for review")
    INCOMPLETE = "incomplete", _("Incomplete")


@dataclass(frozen=True)
class Item:
    """One thing to prove. `valid_until` is the last day of what is approved, None for good; `document` what decided."""

    label: str | Promise
    state: ItemState
    valid_until: date | None = None
    document: UserDocument | None = None


@dataclass(frozen=True)
class Checklist:
    items: tuple[Item, ...]

    @property
    def state(self) -> Verification:
        states = {item.state for item in self.items}
        if states == {ItemState.APPROVED}:
            return Verification.VERIFIED
        return Verification.WAITING if states <= {ItemState.APPROVED, ItemState.WAITING} else Verification.INCOMPLETE

    @property
    def proven(self) -> int:
        return sum(item.state == ItemState.APPROVED for item in self.items)


def checklist(profile: UserProfile | None, documents: Iterable[UserDocument], *, on: date) -> Checklist:
    """Return what the member of this profile has proven by these documents, their live ones, on that day."""
    handed_in = sorted(documents, key=lambda document: (document.created_at, document.pk), reverse=True)
    needed = _needed(profile)
    return Checklist(tuple(_item(label, _of_kinds(handed_in, kinds), on) for label, kinds in needed))


def _needed(profile: UserProfile | None) -> Iterator[tuple[str | Promise, Collection[str]]]:
    """Yield what is to be proven, and by which kinds of document, any one of which will do."""
    stated: Any = profile
    yield DocumentType.IDENTITY.label, (DocumentType.IDENTITY,)
    yield DocumentType.MARRIAGE_RELATION.label, (DocumentType.MARRIAGE_RELATION,)
    if stated and stated.education in COLLEGE:
        yield DocumentType.GRADUATION.label, (DocumentType.GRADUATION,)
    if stated and stated.job:
        yield _("Proof of work"), OF_WORK
    if stated and stated.salary_range:
        yield DocumentType.INCOME.label, (DocumentType.INCOME,)


def _of_kinds(documents: list[UserDocument], kinds: Collection[str]) -> list[UserDocument]:
    return [document for document in documents if document.document_type in kinds]


def _item(label: str | Promise, handed_in: list[UserDocument], on: date) -> Item:
    """Return the state that counts: what is proven, else what is under way, else how the last try ended."""
    proven = [document for document in handed_in if _proves(document, on)]
    if proven:
        best = max(proven, key=lambda document: document.expires_on or date.max)
        return Item(label, ItemState.APPROVED, best.expires_on, best)
    waiting = next((document for document in handed_in if document.status == DocumentStatus.PENDING), None)
    if waiting:
        return Item(label, ItemState.WAITING, document=waiting)
    if not handed_in:
        return Item(label, ItemState.MISSING)
    last = handed_in[0]
    state = ItemState.REJECTED if last.status == DocumentStatus.REJECTED else ItemState.EXPIRED
    return Item(label, state, document=last)


def _proves(document: UserDocument, on: date) -> bool:
    """Tell whether an approval holds: one whose last day is over does not, though no job has ended it yet."""
    is_over = document.expires_on is not None and document.expires_on < on
    return document.status == DocumentStatus.APPROVED and not is_over
