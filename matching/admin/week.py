"""Weekly rounds."""

import re
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from matching.models import MatchWeek
from users.admin.searching import exact_row
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.filters import OpenChoicesFilter

from .recording import MatchingAdmin

WRITTEN = re.compile(r"\s*(\d{4})(?:\s*-?\s*[Ww]?(\d{1,2}))?\s*")


@admin.register(MatchWeek)
class MatchWeekAdmin(MatchingAdmin):
    subject_columns = ()
    fields = (
        "iso_year",
        "iso_week",
        "starts_on",
        "ends_on",
        "status",
        "settings",
        "summary",
        "generated_at",
        "published_at",
        "closed_at",
        "note",
    )
    list_display = ("__str__", "starts_on", "ends_on", enum_column("status", _("status")), "published_at")
    list_filter = (("status", OpenChoicesFilter),)
    search_help_text = _("A year (2026), a week (2026-W05) or an ID.")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        if not search_term.strip():
            return queryset, False
        exact = exact_row(search_term, {"mw": "pk"})
        written = WRITTEN.fullmatch(search_term)
        if exact is None and written is None:
            return queryset.none(), False
        asked = exact or {"iso_year": written[1], "iso_week": written[2]}  # type: ignore[index]
        return queryset.filter(**{column: value for column, value in asked.items() if value}), False
