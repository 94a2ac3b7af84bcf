"""What waits for a reviewer, oldest first, and the next case for somebody.

A case is a member with a sign-up or documents that wait; it is as old as the oldest of them. Each of the two kinds is
read from the head of an index over what waits (`console_search_status`, `console_documents_waiting`); what is left out
on the way is little: the cases in hand, those put aside, what has just been decided.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from users.models import MemberSearch, UserDocument, UserStatus
from users.models.review_claim import CaseHeldError, ReviewClaim
from users.models.review_decision import ReviewDecision
from users.models.review_skip import ReviewSkip
from ygs_admin.staff.models import Staff

DECIDES_SIGN_UPS = "users.approve_user"
DECIDES_DOCUMENTS = "users.review_userdocument"


def waiting_sign_ups() -> QuerySet[MemberSearch]:
    """Return the sign-ups that nobody has decided, not even for the seconds in which that can be undone."""
    decided = ReviewDecision.objects.waiting().filter(member_id=OuterRef("user_id"), document=None)
    rows: QuerySet[MemberSearch] = MemberSearch.objects.live().filter(~Exists(decided), status=UserStatus.PENDING)
    return rows.order_by("created_at", "user_id")


def waiting_documents() -> QuerySet[UserDocument]:
    """Return the documents that nobody has decided, in the same sense."""
    decided = ReviewDecision.objects.waiting().filter(document_id=OuterRef("pk"))
    rows: QuerySet[UserDocument] = UserDocument.objects.waiting().filter(~Exists(decided))
    return rows


def waiting_for(staff: Staff) -> list[QuerySet[Any]]:
    """Return what this person may decide, one queryset a kind; each has `user_id` and `created_at`."""
    kinds = ((DECIDES_SIGN_UPS, waiting_sign_ups), (DECIDES_DOCUMENTS, waiting_documents))
    return [rows() for permission, rows in kinds if staff.has_perm(permission)]


def next_case(staff: Staff) -> str | None:
    """Return the member whose case this reviewer goes on with: one that they hold already, else one claimed now."""
    for claim in ReviewClaim.objects.of(staff):
        if waits(claim.member_id, staff):
            ReviewClaim.objects.renew([claim.member_id], by=staff)
            return str(claim.member_id)
        ReviewClaim.objects.release(claim.member_id, by=staff)
    return claim_next(staff)


def claim_next(staff: Staff) -> str | None:
    """Claim the oldest case that nobody holds and this reviewer has not put aside; None where there is none.

    Whoever else reaches for it at the same moment gets the one after it.
    """
    passed: set[str] = set()
    while (member_id := _oldest(staff, besides=passed)) is not None:
        try:
            ReviewClaim.objects.hold(member_id, by=staff)
        except CaseHeldError:
            continue
        # Between the look and the claim somebody may have held the case and decided all of it.
        if waits(member_id, staff):
            return member_id
        ReviewClaim.objects.release(member_id, by=staff)
        passed.add(member_id)
    return None


def waits(member_id: str, staff: Staff) -> bool:
    """Tell whether anything of this member's waits that this person may decide."""
    return any(rows.filter(user_id=member_id).exists() for rows in waiting_for(staff))


def _oldest(staff: Staff, *, besides: Collection[str]) -> str | None:
    heads = [_free(rows, staff, besides).values_list("created_at", "user_id").first() for rows in waiting_for(staff)]
    first = min((head for head in heads if head), default=None)
    return str(first[1]) if first else None


def _free(rows: QuerySet[Any], staff: Staff, besides: Collection[str]) -> QuerySet[Any]:
    held = ReviewClaim.objects.live().filter(member_id=OuterRef("user_id"))
    put_aside = ReviewSkip.objects.of(staff).filter(member_id=OuterRef("user_id"))
    return rows.filter(~Exists(held), ~Exists(put_aside)).exclude(user_id__in=besides)
