"""The pairs of a round: what may be asked of them, in which orders."""

from typing import Any, ClassVar

from django import forms
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from matching.forms.search import ANY, SearchForm
from matching.models import IntroductionStatus, MatchHistory, MatchWeek, Source
from users.filters import OpenChoiceField
from users.models import MemberSearch
from users.search.query import Understood
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
# Pairs without a score, made by hand across a hard condition, stand below all others.
NO_SCORE = Value(-1.0, output_field=FloatField())


def with_member(understood: Understood) -> Q:
    """Return the condition that a pair has a member whom a search means, on either side."""
    found = MemberSearch.objects.live().matching(understood).values("user_id")
    return Q(user_a__in=found) | Q(user_b__in=found)


class OfARound(SearchForm):
    """A filter of one of the round's lists, which the access record calls `listed`."""

    listed: ClassVar[str]

    def __init__(self, query: Any, *, week: MatchWeek, asker: Staff) -> None:
        self.week = week
        super().__init__(query, asker=asker)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields if name != "sort")

    def recorded(self) -> dict[str, str]:
        """Return what was asked as the access record keeps it."""
        asked = {name: str(value) for name, value in self.cleaned_data.items() if value and name != "sort"}
        about = {"week": str(self.week), "list": self.listed}
        return asked | about | ({"q": self.understood.on_record} if self.understood else {})


class PairFilter(OfARound):
    """Owns the list of a round's pairs."""

    listed = "pairs"
    manager = OpenChoiceField(label=_("Matchmaker"), required=False)
    status = OpenChoiceField(label=_("Status"), required=False, choices=[ANY, *IntroductionStatus.choices])
    source = OpenChoiceField(label=_("Source"), required=False, choices=[ANY, *Source.choices])
    pinned = forms.BooleanField(label=_("Pinned"), required=False)
    sort = forms.ChoiceField(label=_("Sorted by"), required=False, choices=list(ORDER_LABELS.items()))

    def __init__(self, query: Any, *, week: MatchWeek, managers: dict[str, str], asker: Staff) -> None:
        self.managers = managers
        super().__init__(query, week=week, asker=asker)

    def prepare(self) -> None:
        self.fields["manager"].choices = [ANY, *self.managers.items()]  # type: ignore[attr-defined]

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
