"""Consultations."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from matching.models import ConsultSchedule
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.filters import DayFilter, OpenChoicesFilter

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
