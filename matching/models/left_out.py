"""Eligible members to whom a round gives nobody, and why."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from users.models import User
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.models import ConsoleModel

from .week import MatchWeek


class LeftOutQuerySet(models.QuerySet["LeftOut"]):
    def of_week(self, week: MatchWeek) -> Self:
        return self.filter(week=week)

    def with_member(self) -> Self:
        """Read the member with profile and lifestyle in the same query."""
        return self.select_related("user__profile", "user__lifestyle")


class LeftOut(ConsoleModel):
    """What the last run of a round says of a member without a partner (`matching.engine.results.LeftOut`).

    `remaining` holds [condition, how many possible partners it left] in the order applied.
    """

    week = models.ForeignKey(
        MatchWeek,
        models.DO_NOTHING,
        verbose_name=_("round"),
        related_name="left_out",
        db_constraint=False,
        db_index=False,
    )
    user = models.ForeignKey(
        User, models.DO_NOTHING, verbose_name=_("member"), related_name="+", db_constraint=False, db_index=False
    )
    reason = VarcharField(_("reason"))
    remaining = models.JSONField(_("partners left"), default=list)
    best_score = models.FloatField(_("best score"), null=True)

    objects: ClassVar[Any] = LeftOutQuerySet.as_manager()

    class Meta:
        db_table = "console_left_out_members"
        default_permissions = ()
        verbose_name = _("member left out")
        verbose_name_plural = _("members left out")
        constraints = (models.UniqueConstraint(fields=["week", "user"], name="console_left_out_once"),)

    def __str__(self) -> str:
        return f"{self.week_id} {self.user_id}"
