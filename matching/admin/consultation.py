"""Consultations."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from matching.models import ConsultSchedule
from matching.models.consultation_clash import ClashError, refusing_clashes
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.filters import DayFilter, OpenChoicesFilter
from ygs_admin.web.admin.trash import RestoreRefusedError

from .recording import MatchingAdmin


@admin.register(ConsultSchedule)
class ConsultScheduleAdmin(MatchingAdmin):
    id_columns = {"stf": "consultant_id"}  # noqa: RUF012 - declared by the base class
    fields = ("user", "consultant_id", "scheduled_at", "duration_minutes", "channel", "status", "topic", "memo")
    list_display = (
        "id",
        "user",
        "consultant_id",
        "scheduled_at",
        enum_column("channel", _("channel")),
        enum_column("status", _("status")),
    )
    list_filter = (("status", OpenChoicesFilter), ("scheduled_at", DayFilter))
    sortable_by: ClassVar[Any] = ("scheduled_at",)

    def restore_rows(self, request: HttpRequest, keys: list[str]) -> int:
        try:
            with refusing_clashes(ConsultSchedule):
                return super().restore_rows(request, keys)
        except ClashError as clash:
            raise RestoreRefusedError(str(clash)) from clash
