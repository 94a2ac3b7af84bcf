"""Who has which case of the review in hand: a claim with a lease, so that two reviewers never hold the same one."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import connections, models, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.routing import PRIMARY
from ygs_admin.staff.models import Staff

from .access import Action, UserAccessAudit
from .user import User

# One statement, so that of two reviewers who reach for the same case one gets it, whenever they do: the other's waits
# for the first to be committed and then finds it taken. The database's clock alone decides what has lapsed.
HOLD = """
    INSERT INTO console_review_claims AS held (member_id, staff_id, claimed_at, lease_until)
    VALUES (%(member)s, %(staff)s, clock_timestamp(), clock_timestamp() + %(lease)s)
    ON CONFLICT (member_id) DO UPDATE SET
        staff_id = excluded.staff_id,
        claimed_at = CASE WHEN held.staff_id = excluded.staff_id THEN held.claimed_at ELSE excluded.claimed_at END,
        lease_until = excluded.lease_until
    WHERE held.staff_id = excluded.staff_id OR held.lease_until <= clock_timestamp()
"""


class CaseHeldError(Exception):
    """Somebody else has the case in hand."""

    def __init__(self, claim: "ReviewClaim") -> None:
        self.claim = claim
        super().__init__(f"{claim.member_id} is held by {claim.staff_id}")


def lease() -> timedelta:
    """Return how long a claim holds that nothing renews."""
    return timedelta(seconds=settings.REVIEW_LEASE_SECONDS)


class ReviewClaimQuerySet(models.QuerySet["ReviewClaim"]):
    def live(self) -> Self:
        return self.filter(lease_until__gt=Now())

    def of(self, staff: Staff) -> Self:
        """Return what this reviewer holds: the case in hand first, then the one that is ready to follow."""
        return self.live().filter(staff=staff).order_by("claimed_at", "member_id")

    def of_others(self, staff: Staff) -> Self:
        return self.live().exclude(staff=staff).order_by("claimed_at", "member_id")

    def hold(self, member_id: str, *, by: Staff) -> None:
        """Take the case, or renew the lease.

        Raises:
            CaseHeldError: somebody else holds it.
        """
        values = {"member": member_id, "staff": by.pk, "lease": lease()}
        while True:
            with connections[PRIMARY].cursor() as cursor:
                cursor.execute(HOLD, values)
                if cursor.rowcount:
                    return
            claim = self.select_related("staff").filter(pk=member_id).first()
            if claim is not None:
                raise CaseHeldError(claim)

    hold.alters_data = True  # type: ignore[attr-defined]

    def renew(self, member_ids: list[str], *, by: Staff) -> int:
        """Renew the leases of those cases that are still this reviewer's, lapsed or not; return how many."""
        return self.filter(pk__in=member_ids, staff=by).update(lease_until=Now() + lease())

    renew.alters_data = True  # type: ignore[attr-defined]

    def take_over(self, member_id: str, *, by: Staff) -> bool:
        """Hold the case whoever has it in hand, on record; False where nobody else had it.

        The former holder's next action on it finds it held by another.
        """
        with transaction.atomic():
            held = self.live().select_for_update(of=("self",)).filter(pk=member_id).exclude(staff=by).first()
            if held is None:
                self.hold(member_id, by=by)
                return False
            self.filter(pk=member_id).update(staff=by, claimed_at=Now(), lease_until=Now() + lease())
            UserAccessAudit.record(
                Action.UPDATE,
                by=by,
                user_id=member_id,
                resource_type=self.model._meta.db_table,
                resource_id=member_id,
                detail={"staff": [held.staff_id, by.pk]},
            )
        return True

    take_over.alters_data = True  # type: ignore[attr-defined]

    def release(self, member_id: str, *, by: Staff) -> None:
        """Let go of the case, where this reviewer still holds it."""
        self.filter(pk=member_id, staff=by).delete()

    release.alters_data = True  # type: ignore[attr-defined]

    def clear_lapsed(self) -> int:
        """Delete the claims that have lapsed; return how many."""
        lapsed, _of_each = self.filter(lease_until__lte=Now()).delete()
        return lapsed

    clear_lapsed.alters_data = True  # type: ignore[attr-defined]


class ReviewClaim(models.Model):
    """One case in somebody's hand. It decides who may act: never read from a replica."""

    member = models.OneToOneField(
        User, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="review_claim"
    )
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="review_claims")
    claimed_at = models.DateTimeField()
    lease_until = models.DateTimeField()

    objects: ClassVar[Any] = ReviewClaimQuerySet.as_manager()

    class Meta:
        db_table = "console_review_claims"
        default_permissions = ()
        verbose_name = _("claim of a case")
        verbose_name_plural = _("claims of cases")

    def __str__(self) -> str:
        return f"{self.member_id} {self.staff_id}"
