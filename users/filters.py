"""The members list: what may be asked of it, in which orders."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ygs_admin.web.keyset import COUNT_BOUND, Cursor, KeysetPage, Order, SortKey, bounded_count, read_page
from ygs_admin.web.viewer import Viewer

from .masking import may_see_names
from .models import Gender, MemberSearch, SubscriptionStatus, UserDocument, UserStatus, UserSubscription
from .models.saved_view import SEE_TRASH
from .models.vocabulary import Education
from .search.query import Kind, Understood, understand

LONGEST_VALUE = 50
# Filters that tell what their permission lets somebody know.
GUARDED = {
    "trash": SEE_TRASH,
    "documents": "users.view_userdocument",
    "subscription": "users.view_usersubscription",
}

ORDERS: dict[str, Order] = {
    "-created_at": (SortKey("created_at", descending=True), SortKey("user_id", descending=True)),
    "created_at": (SortKey("created_at"), SortKey("user_id")),
    "name": (SortKey("name_key"), SortKey("user_id")),
    "-name": (SortKey("name_key", descending=True), SortKey("user_id", descending=True)),
    "birth_year": (SortKey("birth_year"), SortKey("user_id")),
    "-birth_year": (SortKey("birth_year", descending=True), SortKey("user_id", descending=True)),
}
ORDERS_BY_NAME = frozenset({"name", "-name"})
DEFAULT_ORDER = "-created_at"
# Parameters that narrow nothing.
ABOUT_THE_PAGE = {"sort", "view"}
RANK = SortKey("rank")
WAITING = "waiting"
ENDING = "ending"
NO_SUBSCRIPTION = "none"


class OpenChoiceField(forms.ChoiceField):
    """A choice that also takes a value the console does not know: the backend may write such, and it must be found."""

    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= LONGEST_VALUE and "\x00" not in str(value)


class MemberFilter(forms.Form):
    """Owns the members list. A malformed value is left out and said so; the rest still filters."""

    q = forms.CharField(label=_("Search"), required=False, strip=True)
    status = OpenChoiceField(label=_("Status"), required=False, choices=[("", _("Any")), *UserStatus.choices])
    gender = OpenChoiceField(label=_("Gender"), required=False, choices=[("", _("Any")), *Gender.choices])
    birth_year_min = forms.IntegerField(label=_("Born from"), required=False, min_value=1900, max_value=2100)
    birth_year_max = forms.IntegerField(label=_("Born until"), required=False, min_value=1900, max_value=2100)
    district = forms.CharField(label=_("District"), required=False, max_length=LONGEST_VALUE)
    education = OpenChoiceField(label=_("Education"), required=False, choices=[("", _("Any")), *Education.choices])
    documents = forms.ChoiceField(
        label=_("Documents"), required=False, choices=[("", _("Any")), (WAITING, _("Waiting for review"))]
    )
    subscription = OpenChoiceField(
        label=_("Subscription"),
        required=False,
        choices=[
            ("", _("Any")),
            *SubscriptionStatus.choices,
            (ENDING, _("Ends within 7 days")),
            (NO_SUBSCRIPTION, _("None")),
        ],
    )
    trash = forms.BooleanField(label=_("Deleted members"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(key, key) for key in ORDERS], widget=forms.HiddenInput)
    view = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, query: Any, *, asker: Viewer) -> None:
        """Whoever may not see names finds nobody by them, nor by contact details: finding would tell whose they are."""
        super().__init__(query)
        self.may_see_names = may_see_names(asker)
        for name, permission in GUARDED.items():
            if not asker.has_perm(permission):
                del self.fields[name]
        if not self.may_see_names:
            self.fields["sort"].choices = [(key, key) for key in ORDERS if self.offers_order(key)]  # type: ignore[attr-defined]
        self.full_clean()

    def clean_q(self) -> str:
        typed: str = self.cleaned_data["q"]
        understood = understand(typed)
        if understood and understood.kind is not Kind.ID and not self.may_see_names:
            raise ValidationError(_("Your role finds members by their ID only."), code="by_id_only")
        return typed

    @cached_property
    def understood(self) -> Understood | None:
        return understand(self.cleaned_data.get("q", ""))

    @property
    def order_name(self) -> str:
        return self.cleaned_data.get("sort") or DEFAULT_ORDER

    def offers_order(self, name: str) -> bool:
        return self.may_see_names or name not in ORDERS_BY_NAME

    @property
    def order(self) -> Order:
        """Return the order; four digits of a phone number put the numbers that end in them first."""
        order = ORDERS[self.order_name]
        return (RANK, *order) if self._ranks_last_digits else order

    @property
    def _ranks_last_digits(self) -> bool:
        return self.understood is not None and self.understood.ranks_last_digits

    def read(self, cursor: Cursor | None, size: int) -> tuple[KeysetPage, int]:
        """Return one page of the rows that fit, and their bounded count, in two queries.

        The count comes first: rows that it found to be few are gathered, then ordered (see `gathered`).
        """
        rows = self.rows()
        count = bounded_count(rows)
        if count <= COUNT_BOUND:
            rows = rows.gathered(COUNT_BOUND)
        if self._ranks_last_digits:
            rows = rows.ranked(self.understood)
        return read_page(rows, self.order, cursor, size), count

    def keys(self, at_most: int) -> list[str]:
        """Return the ids of everybody who fits, in the list's order and in one query; no more than `at_most`."""
        order = (key.order_by(backwards=False) for key in ORDERS[self.order_name])
        return list(self.rows().gathered(at_most).order_by(*order).values_list("pk", flat=True))

    def rows(self) -> Any:
        """Return the rows of the console's index that fit."""
        asked = self.cleaned_data
        rows = MemberSearch.objects.deleted() if asked.get("trash") else MemberSearch.objects.live()
        rows = rows.matching(self.understood)
        for column in ("status", "gender", "education"):
            if asked.get(column):
                rows = rows.filter(**{column: asked[column]})
        if asked.get("birth_year_min") is not None:
            rows = rows.filter(birth_year__gte=asked["birth_year_min"])
        if asked.get("birth_year_max") is not None:
            rows = rows.filter(birth_year__lte=asked["birth_year_max"])
        if asked.get("district"):
            rows = rows.in_district(asked["district"])
        if asked.get("documents") == WAITING:
            rows = rows.filter(user__in=UserDocument.objects.waiting_of_whom())
        if asked.get("subscription"):
            rows = rows.filter(_has_subscription(asked["subscription"]))
        return rows

    def asked(self) -> dict[str, str]:
        """Return the fields that narrow the list, as the person typed them."""
        return {
            name: str(self.data[name])
            for name in self.fields
            if name not in ABOUT_THE_PAGE and self.cleaned_data.get(name) not in (None, "", False)
        }

    def described(self) -> list[dict[str, Any]]:
        """Return what narrows the list in words: `name`, `label` and `value` of each filter."""
        return [
            {
                "name": name,
                "label": self.fields[name].label,
                "value": dict(getattr(self.fields[name], "choices", ())).get(value, value),
            }
            for name, value in self.asked().items()
        ]

    def recorded(self) -> dict[str, str]:
        """Return what was asked as the access record keeps it."""
        asked = self.asked()
        return asked | {"q": self.understood.on_record} if self.understood else asked

    def question(self) -> dict[str, str]:
        """Return what is asked in its one spelling: parameter → value, the order only where it is not the usual one.

        What is malformed is not in it; neither is the page, nor the saved view that the list was opened by.
        """
        asked = {name: _spelled(self.cleaned_data[name]) for name in self.asked()}
        return asked if self.order_name == DEFAULT_ORDER else asked | {"sort": self.order_name}


def _spelled(value: Any) -> str:
    return "on" if value is True else str(value)


def _has_subscription(status: str) -> Q:
    """Return the condition that a member's subscription has this status, ends soon, or that there is none."""
    if status == ENDING:
        return Q(user__in=UserSubscription.objects.ending().values("user"))
    theirs = UserSubscription.objects.filter(user_id=OuterRef("user_id"))
    return Q(~Exists(theirs) if status == NO_SUBSCRIPTION else Exists(theirs.filter(status=status)))
