"""Weekly rounds."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows, SoftDeleteModel, SoftDeleteQuerySet
from ygs_admin.db.timestamps import UTCDateTimeField


class WeekStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    GENERATING = "generating", _("Running")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


class MatchWeek(SoftDeleteModel):
    """One round: an ISO week, numbered as in ISO 8601."""

    # A round names nobody.
    is_destroyed_when_due: ClassVar[bool] = False

    id = PrefixedULIDField(_("ID"), prefix="mw", primary_key=True)
    iso_year = models.IntegerField(_("ISO year"))
    iso_week = models.IntegerField(_("ISO week"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    status = EnumField(_("status"), choices=WeekStatus.choices, default=WeekStatus.DRAFT)
    settings = models.JSONField(_("settings"), null=True, blank=True)
    summary = models.JSONField(_("summary"), null=True, blank=True)
    generated_at = UTCDateTimeField(_("generated"), null=True, blank=True)
    published_at = UTCDateTimeField(_("published"), null=True, blank=True)
    closed_at = UTCDateTimeField(_("closed"), null=True, blank=True)
    note = VarcharField(_("note"), null=True, blank=True)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

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
