"""Cases that a reviewer has put aside for some hours; for the others they stay where they are."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ygs_admin.staff.models import Staff

from .review_claim import ReviewClaim
from .user import User

PUT_ASIDE_FOR = timedelta(hours=4)


class ReviewSkipQuerySet(models.QuerySet["ReviewSkip"]):
    def live(self) -> Self:
        return self.filter(until__gt=Now())

    def of(self, staff: Staff) -> Self:
        return self.live().filter(staff=staff)

    def put_aside(self, member_id: str, *, by: Staff) -> None:
        """Skip the case for some hours, and let go of it."""
        skip = ReviewSkip(member_id=member_id, staff=by, until=Now() + PUT_ASIDE_FOR)
        self.bulk_create([skip], update_conflicts=True, unique_fields=["staff", "member"], update_fields=["until"])
        ReviewClaim.objects.release(member_id, by=by)

    put_aside.alters_data = True  # type: ignore[attr-defined]

    def clear_lapsed(self) -> int:
        lapsed, _of_each = self.filter(~Q(until__gt=Now())).delete()
        return lapsed

    clear_lapsed.alters_data = True  # type: ignore[attr-defined]


class ReviewSkip(models.Model):
    member = models.ForeignKey(User, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    staff = models.ForeignKey(Staff, models.CASCADE, db_index=False, related_name="+")
    until = models.DateTimeField()

    objects: ClassVar[Any] = ReviewSkipQuerySet.as_manager()

    class Meta:
        db_table = "console_review_skips"
        default_permissions = ()
        constraints = (models.UniqueConstraint(fields=["staff", "member"], name="console_review_skips_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.staff_id}"
