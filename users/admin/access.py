"""The access record, to be read only."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from users.models import UserAccessAudit
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.filters import DayFilter, OpenChoicesFilter

from .recording import RecordedAdmin


@admin.register(UserAccessAudit)
class UserAccessAuditAdmin(RecordedAdmin):
    """A member's or actor's id, or a search for members, finds the rows about them."""

    form: Any = forms.ModelForm
    id_columns = {"stf": "actor_id"}  # noqa: RUF012 - declared by the base class
    actions = None
    fields = (
        "created_at",
        "action",
        "actor_id",
        "actor_name",
        "user_id",
        "resource_type",
        "resource_id",
        "reason",
        "detail",
        "ip_address",
        "user_agent",
        "request_id",
    )
    list_display = (
        "created_at",
        enum_column("action", _("action")),
        "actor_name",
        "user_id",
        "resource_type",
        "reason",
    )
    list_filter = (("action", OpenChoicesFilter), ("created_at", DayFilter))
    sortable_by: ClassVar[Any] = ("created_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
