"""When and where a pair has agreed to meet. The shared table has no place for it: it knows that a date was fixed."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.models import ConsoleModel
from ygs_admin.db.timestamps import UTCDateTimeField


class PlannedDate(ConsoleModel):
    """The appointment of an introduction whose date is fixed; it goes when the date falls through."""

    introduction = models.OneToOneField(
        "matching.MatchHistory",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="planned_date",
        verbose_name=_("introduction"),
    )
    meets_at = UTCDateTimeField(_("they meet"), null=True, blank=True)
    place = VarcharField(_("place"), blank=True, default="")

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        db_table = "console_planned_dates"
        default_permissions = ()
        verbose_name = _("planned date")
        verbose_name_plural = _("planned dates")

    def __str__(self) -> str:
        return str(self.introduction_id)
