"""What members pay for."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from users.models import UserSubscription
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.filters import DayFilter, OpenChoicesFilter

from .recording import RecordedAdmin

SUBSCRIPTION_FIELDS = (
    "plan",
    "status",
    "starts_at",
    "expires_at",
    "introductions_total",
    "introductions_used",
    "price_krw",
    "auto_renew",
    "paused_at",
    "canceled_at",
)


@admin.register(UserSubscription)
class UserSubscriptionAdmin(RecordedAdmin):
    fields = ("user", *SUBSCRIPTION_FIELDS)
    list_display = (
        "id",
        "user",
        enum_column("plan", _("plan")),
        enum_column("status", _("status")),
        "starts_at",
        "expires_at",
        "introductions_used",
        "introductions_total",
    )
    list_filter = (("plan", OpenChoicesFilter), ("status", OpenChoicesFilter), ("expires_at", DayFilter))
    sortable_by: ClassVar[Any] = ("expires_at",)
