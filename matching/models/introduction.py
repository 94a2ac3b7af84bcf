"""Introductions: proposed pairs and what becomes of them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import User
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows
from ygs_admin.db.timestamps import UTCDateTimeField

from .deadline import HasDeadline
from .introduction_cancellation import Cancelable
from .introduction_couple import Coupled
from .introduction_date import Datable
from .introduction_meeting import Meetable
from .introduction_status import IntroductionStatus, Response, Source
from .outstanding import OutstandingQuerySet
from .proposal import Proposable
from .proposal_reads import ProposalQuerySet
from .week import MatchWeek

__all__ = ["IntroductionQuerySet", "IntroductionStatus", "MatchHistory", "Response", "Source"]


class IntroductionQuerySet(ProposalQuerySet, OutstandingQuerySet):  # type: ignore[override]
    def of_member(self, user_id: str) -> Self:
        """Return the member's introductions, on whichever side, newest first, with both members."""
        return (
            self.filter(Q(user_a=user_id) | Q(user_b=user_id))
            .select_related("user_a", "user_b", "match_week")
            .order_by("-created_at", "-id")
        )


class MatchHistory(Proposable, HasDeadline, Cancelable, Datable, Meetable, Coupled):
    """A pair; `user_a_id < user_b_id`, so that each pair has one spelling."""

    id = PrefixedULIDField(_("ID"), prefix="mh", primary_key=True)
    match_week = models.ForeignKey(
        MatchWeek,
        models.DO_NOTHING,
        verbose_name=_("round"),
        related_name="introductions",
        null=True,
        blank=True,
        db_index=False,
    )
    user_a = models.ForeignKey(
        User, models.DO_NOTHING, verbose_name=_("first member"), related_name="introductions_as_a", db_index=False
    )
    user_b = models.ForeignKey(
        User, models.DO_NOTHING, verbose_name=_("second member"), related_name="introductions_as_b", db_index=False
    )
    status = EnumField(_("status"), choices=IntroductionStatus.choices, default=IntroductionStatus.PROPOSED)
    source = EnumField(_("source"), choices=Source.choices)
    score = models.FloatField(_("score"), null=True, blank=True)
    score_a_to_b = models.FloatField(_("first for second"), null=True, blank=True)
    score_b_to_a = models.FloatField(_("second for first"), null=True, blank=True)
    explanation = models.JSONField(_("explanation"), null=True, blank=True)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    matchmaker_id = VarcharField(_("matchmaker"), null=True, blank=True)
    a_response = EnumField(_("first member's answer"), choices=Response.choices, default=Response.PENDING)
    b_response = EnumField(_("second member's answer"), choices=Response.choices, default=Response.PENDING)
    a_responded_at = UTCDateTimeField(_("first answered"), null=True, blank=True)
    b_responded_at = UTCDateTimeField(_("second answered"), null=True, blank=True)
    introduced_at = UTCDateTimeField(_("introduced"), null=True, blank=True)
    date_fixed_at = UTCDateTimeField(_("date fixed"), null=True, blank=True)
    met_at = UTCDateTimeField(_("met"), null=True, blank=True)
    closed_at = UTCDateTimeField(_("closed"), null=True, blank=True)
    close_reason = VarcharField(_("reason for closing"), null=True, blank=True)
    memo = VarcharField(_("memo"), null=True, blank=True)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = LiveRows.from_queryset(IntroductionQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(IntroductionQuerySet)()

    class Meta:
        db_table = "match_histories"
        base_manager_name = "all_objects"
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        indexes = (
            BackendIndex(fields=["match_week"], name="ix_match_histories_match_week_id"),
            BackendIndex(fields=["user_a"], name="ix_match_histories_user_a_id"),
            BackendIndex(fields=["user_b"], name="ix_match_histories_user_b_id"),
            BackendIndex(fields=["status"], name="ix_match_histories_status"),
            BackendIndex(fields=["matchmaker_id"], name="ix_match_histories_matchmaker_id"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["match_week", "user_a", "user_b"], name="uq_match_histories_match_week_id_user_a_id_user_b_id"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)

    def partner_of(self, user_id: str) -> User:
        return self.user_b if self.user_a_id == user_id else self.user_a
