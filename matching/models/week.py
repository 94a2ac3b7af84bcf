"""Weekly rounds."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows, SoftDeleteQuerySet

from .week_closing import Closes
from .week_opening import Opens
from .week_publishing import Publishes
from .week_row import WeekStatus
from .week_running import Runs

__all__ = ["MatchWeek", "WeekStatus"]


class MatchWeek(Opens, Runs, Publishes, Closes):
    """One round: an ISO week, numbered as in ISO 8601."""

    # A round names nobody.
    is_destroyed_when_due: ClassVar[bool] = False

    objects: ClassVar[Any] = LiveRows.from_queryset(SoftDeleteQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(SoftDeleteQuerySet)()

    class Meta:
        db_table = "match_weeks"
        base_manager_name = "all_objects"
        ordering = ("-iso_year", "-iso_week")
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        indexes = (BackendIndex(fields=["status"], name="ix_match_weeks_status"),)
        constraints = (
            models.UniqueConstraint(fields=["iso_year", "iso_week"], name="uq_match_weeks_iso_year_iso_week"),
        )

    def __str__(self) -> str:
        return f"{self.iso_year}-W{self.iso_week:02}"
