"""What stays of an introduction for the one member after the other has been destroyed."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from users.models import User
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField

from .introduction import IntroductionStatus, Response

COPIED = ("status", "match_week_id", "introduced_at", "date_fixed_at", "met_at", "closed_at")


class PastIntroductionQuerySet(models.QuerySet["PastIntroduction"]):
    def of_member(self, user_id: str) -> Self:
        """Return the member's part in introductions to members who are destroyed, newest first."""
        return self.filter(user=user_id).order_by("-introduced_at", "-id")

    def keep_of(self, pairs: Any, leaving: Collection[str]) -> None:
        """Keep what these pairs say of whichever member is not about to leave, where they had been introduced."""
        staying = pairs.filter(introduced_at__isnull=False).exclude(user_a__in=leaving, user_b__in=leaving)
        is_a = ~Q(user_a__in=leaving)
        rows = staying.annotate(
            stays=Case(When(is_a, then=F("user_a")), default=F("user_b")),
            own_response=Case(When(is_a, then=F("a_response")), default=F("b_response"), output_field=VarcharField()),
            own_time=Case(When(is_a, then=F("a_responded_at")), default=F("b_responded_at")),
        ).values("pk", "stays", "own_response", "own_time", *COPIED)
        self.bulk_create(
            [
                self.model(
                    id=row["pk"],
                    user_id=row["stays"],
                    response=row["own_response"],
                    responded_at=row["own_time"],
                    **{column: row[column] for column in COPIED},
                )
                for row in rows
            ]
        )

    keep_of.alters_data = True  # type: ignore[attr-defined]


class PastIntroduction(models.Model):
    """One member's part in an introduction, with nothing of the other's: its times decide refunds, its answer scores.

    `id` is that of the introduction, by which the ledger of introductions calls it.
    """

    id = PrefixedULIDField(_("ID"), prefix="mh", generated=False, primary_key=True)
    user = models.ForeignKey(User, models.DO_NOTHING, verbose_name=_("member"), db_constraint=False, related_name="+")
    match_week_id = VarcharField(_("round"), null=True)
    status = EnumField(_("status"), choices=IntroductionStatus.choices)
    response = EnumField(_("answer"), choices=Response.choices)
    responded_at = models.DateTimeField(_("answered"), null=True)
    introduced_at = models.DateTimeField(_("introduced"))
    date_fixed_at = models.DateTimeField(_("date fixed"), null=True)
    met_at = models.DateTimeField(_("met"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects: ClassVar[Any] = PastIntroductionQuerySet.as_manager()

    class Meta:
        db_table = "console_past_introductions"
        default_permissions = ()
        verbose_name = _("introduction to a former member")
        verbose_name_plural = _("introductions to former members")

    def __str__(self) -> str:
        return str(self.pk)
