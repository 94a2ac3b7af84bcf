"""Pairs that staff forbid for a round: the engine never proposes them there."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import User
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.staff.models import Staff

from .week import MatchWeek

Pair = tuple[str, str]


def ordered(first: str, second: str) -> Pair:
    """Return a pair's one spelling: the smaller id first."""
    return (first, second) if first < second else (second, first)


class ForbiddenPairQuerySet(models.QuerySet["ForbiddenPair"]):
    def of_week(self, week: MatchWeek) -> Self:
        return self.filter(week=week)

    def of_pair(self, first: str, second: str) -> Self:
        a, b = ordered(first, second)
        return self.filter(user_a=a, user_b=b)

    def with_members(self) -> Self:
        """Read both members with profile and lifestyle, and who forbade it, in the same query."""
        members = ("user_a", "user_b")
        related = [f"{member}__{part}" for member in members for part in ("profile", "lifestyle")]
        return self.select_related("staff", *related)

    def pairs(self) -> Iterable[Pair]:
        return self.values_list("user_a_id", "user_b_id")


class ForbiddenPair(ConsoleModel):
    """`user_a_id < user_b_id`. `created_at` is the time of the deletion of the pair that was dropped by it, if any."""

    id = PrefixedULIDField(_("ID"), prefix="fbd", primary_key=True)
    week = models.ForeignKey(
        MatchWeek,
        models.DO_NOTHING,
        verbose_name=_("round"),
        related_name="forbidden_pairs",
        db_constraint=False,
        db_index=False,
    )
    user_a = models.ForeignKey(
        User, models.DO_NOTHING, verbose_name=_("first member"), related_name="+", db_constraint=False, db_index=False
    )
    user_b = models.ForeignKey(
        User, models.DO_NOTHING, verbose_name=_("second member"), related_name="+", db_constraint=False, db_index=False
    )
    staff = models.ForeignKey(
        Staff, models.PROTECT, verbose_name=_("staff member"), related_name="+", null=True, db_index=False
    )
    reason = VarcharField(_("reason"), default="")
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = ForbiddenPairQuerySet.as_manager()

    class Meta:
        db_table = "console_forbidden_pairs"
        default_permissions = ()
        verbose_name = _("forbidden pair")
        verbose_name_plural = _("forbidden pairs")
        constraints = (
            models.UniqueConstraint(fields=["week", "user_a", "user_b"], name="console_forbidden_pairs_once"),
        )

    def __str__(self) -> str:
        return f"{self.week_id} {self.user_a_id} {self.user_b_id}"
