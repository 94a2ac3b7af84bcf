"""The pairs of a round: what may be asked of them, in which orders."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from matching.models import IntroductionStatus, MatchHistory, MatchWeek, Source
from users.filters import OpenChoiceField
from users.masking import may_see_names
from users.models import MemberSearch
from users.search.query import Kind, Understood, understand
from ygs_admin.staff.models import Staff
from ygs_admin.web.keyset import Cursor, KeysetPage, Order, SortKey, bounded_count, read_page

from .waiting import waits_most

BY_ID = SortKey("id", descending=True)
DEFAULT_ORDER = ""
ORDERS: dict[str, Order] = {
    DEFAULT_ORDER: (SortKey("score_key", descending=True), BY_ID),
    "score": (SortKey("score_key"), BY_ID),
    "smaller": (SortKey("smaller_key"), BY_ID),
    "waiting": (SortKey("waiting_key"), BY_ID),
}
ORDER_LABELS = {
    DEFAULT_ORDER: _("best score first"),
    "score": _("lowest score first"),
    "smaller": _("smaller direction first"),
    "waiting": _("longest wait first"),
}
ANY = ("", _("Any"))
# Pairs without a score, made by hand across a hard condition, stand below all others.
NO_SCORE = Value(-1.0, output_field=FloatField())


def search_field() -> forms.CharField:
    widget = forms.TextInput(attrs={"placeholder": _("Any")})
    return forms.CharField(label=_("Member"), required=False, max_length=100, widget=widget)


def clean_search(typed: str, asker: Staff) -> str:
    """Return what was typed to find a member by.

    Raises:
        ValidationError: it is no id, and this person may not see names: finding would tell whose they are.
    """
    understood = understand(typed)
    if understood and understood.kind is not Kind.ID and not may_see_names(asker):
        raise ValidationError(_("Your role finds members by their ID only."), code="by_id_only")
    return typed


def with_member(understood: Understood) -> Q:
    """Return the condition that a pair has a member whom a search means, on either side."""
    found = MemberSearch.objects.live().matching(understood).values("user_id")
    return Q(user_a__in=found) | Q(user_b__in=found)


class PairFilter(forms.Form):
    """Owns the list of a round's pairs. A malformed value is left out and said so; the rest still filters."""

    q = search_field()
    manager = OpenChoiceField(label=_("Matchmaker"), required=False)
    status = OpenChoiceField(label=_("Status"), required=False, choices=[ANY, *IntroductionStatus.choices])
    source = OpenChoiceField(label=_("Source"), required=False, choices=[ANY, *Source.choices])
    pinned = forms.BooleanField(label=_("Pinned"), required=False)
    sort = forms.ChoiceField(label=_("Sorted by"), required=False, choices=list(ORDER_LABELS.items()))

    def __init__(self, query: Any, *, week: MatchWeek, managers: dict[str, str], asker: Staff) -> None:
        super().__init__(query)
        self.week, self.asker = week, asker
        self.fields["manager"].choices = [ANY, *managers.items()]  # type: ignore[attr-defined]
        self.full_clean()

    def clean_q(self) -> str:
        return clean_search(self.cleaned_data["q"], self.asker)

    @cached_property
    def understood(self) -> Understood | None:
        return understand(self.cleaned_data.get("q", ""))

    @property
    def order(self) -> Order:
        return ORDERS[self.cleaned_data.get("sort", DEFAULT_ORDER)]

    def read(self, page: str, size: int) -> tuple[KeysetPage, int]:
        """Return one page of the pairs that fit, and their bounded count, in two queries."""
        rows, order = self.rows(), self.order
        return read_page(self._keyed(rows), order, Cursor.decode(page, order, MatchHistory), size), bounded_count(rows)

    def rows(self) -> Any:
        asked = self.cleaned_data
        rows = MatchHistory.objects.filter(match_week=self.week)
        if asked.get("manager"):
            rows = rows.filter(matchmaker_id=asked["manager"])
        if asked.get("status"):
            rows = rows.filter(status=asked["status"])
        if asked.get("source"):
            rows = rows.filter(source=asked["source"])
        if asked.get("pinned"):
            rows = rows.filter(is_pinned=True)
        if self.understood:
            rows = rows.filter(with_member(self.understood))
        return rows

    def _keyed(self, rows: Any) -> Any:
        """Add the order's own key, which the columns do not hold."""
        match self.order[0].name:
            case "smaller_key":
                return rows.annotate(smaller_key=Coalesce(Least("score_a_to_b", "score_b_to_a"), NO_SCORE))
            case "waiting_key":
                return rows.annotate(waiting_key=waits_most(until=self.week.published_at or timezone.now()))
        return rows.annotate(score_key=Coalesce(F("score"), NO_SCORE))

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields if name != "sort")

    def recorded(self) -> dict[str, str]:
        """Return what was asked as the access record keeps it."""
        asked = {name: str(value) for name, value in self.cleaned_data.items() if value and name != "sort"}
        return asked | {"week": str(self.week), **({"q": self.understood.on_record} if self.understood else {})}
