"""Introductions. Each speaks of two members."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from matching.models import MatchHistory
from users.admin.searching import newest_members
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.filters import OpenChoicesFilter
from ygs_admin.web.admin.forms import RepairForm

from .recording import MatchingAdmin

MOST_MEMBERS = 200


class IntroductionForm(RepairForm):
    def clean(self) -> dict[str, Any] | None:
        """Keep the one spelling of a pair: the first member's id sorts before the second's."""
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("user_a"), cleaned.get("user_b")
        if first and second and first.pk >= second.pk:
            message = _("The first member's ID must sort before the second's: exchange the two.")
            self.add_error("user_b", ValidationError(message, code="order"))
        return cleaned


@admin.register(MatchHistory)
class MatchHistoryAdmin(MatchingAdmin):
    form = IntroductionForm
    subject_columns = ("user_a_id", "user_b_id")
    id_columns = {"mw": "match_week_id", "stf": "matchmaker_id"}  # noqa: RUF012 - declared by the base class
    fields = (
        "match_week",
        ("user_a", "user_b"),
        "status",
        "source",
        ("score", "score_a_to_b", "score_b_to_a"),
        "is_pinned",
        "matchmaker_id",
        ("a_response", "a_responded_at"),
        ("b_response", "b_responded_at"),
        "introduced_at",
        "date_fixed_at",
        "met_at",
        "closed_at",
        "close_reason",
        "memo",
        "explanation",
    )
    list_display = (
        "id",
        "match_week",
        "user_a",
        "user_b",
        enum_column("status", _("status")),
        "score",
        "introduced_at",
    )
    list_filter = (("status", OpenChoicesFilter),)

    def rows_of_members(self, request: HttpRequest, rows: Any, typed: str) -> Any:
        """Look the members up first: of a search that fits many, either column alone would have to be joined whole."""
        members = newest_members(typed, MOST_MEMBERS + 1)
        if members is None:
            return rows
        if len(members) > MOST_MEMBERS and request.resolver_match.url_name.endswith("_changelist"):  # type: ignore[union-attr]
            said = _("Too many members fit: only introductions of the newest %(most)s are searched. Type more.")
            self.message_user(request, said % {"most": MOST_MEMBERS}, messages.WARNING)
        return rows.filter(pk__in=_keys_of(members[:MOST_MEMBERS]))


def _keys_of(members: list[str]) -> Any:
    """Return the keys of these members' introductions: two look-ups by index, where an OR would walk the table."""
    first, second = ({f"{column}__in": members} for column in ("user_a_id", "user_b_id"))
    keys = MatchHistory.all_objects.values("pk")
    return keys.filter(**first).union(keys.filter(**second))
