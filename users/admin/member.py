"""Members, with what hangs on them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from users.forms import MemberForm
from users.models import User, UserProfile
from ygs_admin.web.admin.base import describe, enum_column
from ygs_admin.web.admin.filters import ALL, DELETED, LIVE, DayFilter, OpenChoicesFilter, TrashFilter
from ygs_admin.web.admin.forms import RepairForm

from .inlines import (
    DocumentInline,
    LifestyleInline,
    PhotoInline,
    PreferenceInline,
    ProfileInline,
    SubscriptionInline,
)
from .revealing import RevealingAdmin
from .searching import SEARCH_ROW, members_found


class MemberRepairForm(RepairForm, MemberForm):
    """The console's rules for a member, over more fields."""


class RevealedMemberRepairForm(MemberRepairForm):
    """The same form after the contact details were revealed."""

    is_revealed = True


@admin.register(User)
class UserAdmin(RevealingAdmin):
    """Lists, filters and sorts by the console's own index of members, which serves a million."""

    form = MemberRepairForm
    revealed_form = RevealedMemberRepairForm
    subject_columns = ("id",)
    fields = ("name", "gender", "birth_year", "status", "phone", "email", "kakao_id", "firebase_id", "is_admin")
    inlines = (
        ProfileInline,
        LifestyleInline,
        PreferenceInline,
        SubscriptionInline,
        PhotoInline,
        DocumentInline,
    )
    list_display = (
        "name",
        enum_column("status", _("status")),
        enum_column("gender", _("gender")),
        "birth_year",
        "masked_phone",
        "masked_email",
        "created_at",
    )
    list_filter = (("status", OpenChoicesFilter), ("gender", OpenChoicesFilter), ("created_at", DayFilter))
    search_help_text = _("Name, initials, phone number or its last four digits, e-mail or ID.")
    indexed_as: ClassVar[dict[str, str]] = {
        "name": f"{SEARCH_ROW}__name_key",
        "status": f"{SEARCH_ROW}__status",
        "gender": f"{SEARCH_ROW}__gender",
        "birth_year": f"{SEARCH_ROW}__birth_year",
        "created_at": f"{SEARCH_ROW}__created_at",
    }

    def trash_condition(self, state: str) -> Q:
        return Q(**{f"{SEARCH_ROW}__is_deleted": state == DELETED})

    def default_order(self, request: HttpRequest) -> Sequence[str]:
        """Return the order that an index serves: of live and deleted members together only the key has one."""
        newest = f"-{self.indexed('created_at')}"
        return ("-pk",) if TrashFilter.state(request) == ALL else (newest, "-pk")

    def get_sortable_by(self, request: HttpRequest) -> tuple[str, ...]:
        """Only the list of live members has an index for each order."""
        return ("name", "birth_year", "created_at") if TrashFilter.state(request) == LIVE else ()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return members_found(queryset, search_term), False

    def describe(self, row: Any) -> str:
        """Tell namesakes apart without giving their numbers away."""
        return f"{describe(row)} · {row.birth_year} · {row.shown.phone}"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Lock the profile before the member is written.

        Both write the member's entry in the index: whoever changes the profile alone at this moment has locked the
        profile first, and would wait for the entry while we wait for the profile.
        """
        list(UserProfile.objects.select_for_update().filter(user_id=obj.pk).values_list("pk", flat=True))
        super().save_model(request, obj, form, change)

    @admin.display(description=_("phone"))
    def masked_phone(self, row: User) -> str:
        return row.shown.phone

    @admin.display(description=_("e-mail"))
    def masked_email(self, row: User) -> str:
        return row.shown.email
