"""The list of consultations: what may be asked of it, latest or earliest first."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import ConsultSchedule, ConsultStatus, Topic
from matching.models.consultants import consultants
from users.audit.filter import OF_THE_RECORD, DayInput
from users.filters import OpenChoiceField
from ygs_admin.staff.models import Staff
from ygs_admin.web.days import midnight
from ygs_admin.web.keyset import Cursor, KeysetPage, Order, SortKey, bounded_count, read_page

ORDERS: dict[str, Order] = {
    "-scheduled_at": (SortKey("scheduled_at", descending=True), SortKey("id", descending=True)),
    "scheduled_at": (SortKey("scheduled_at"), SortKey("id")),
}
LATEST_FIRST = "-scheduled_at"
EVERYBODY = "all"
ANY = ("", _("Any"))


class ConsultFilter(forms.Form):
    """Owns the list. A malformed value is left out and said so; the rest still filters.

    Whoever consults is asked about their own unless the address says otherwise.
    """

    consultant = OpenChoiceField(label=_("Consultant"), required=False)
    status = OpenChoiceField(label=_("Status"), required=False, choices=[ANY, *ConsultStatus.choices])
    topic = OpenChoiceField(label=_("Topic"), required=False, choices=[ANY, *Topic.choices])
    since = forms.DateField(label=_("From"), required=False, widget=DayInput, validators=OF_THE_RECORD)
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput, validators=OF_THE_RECORD)
    sort = forms.ChoiceField(required=False, choices=[(key, key) for key in ORDERS], widget=forms.HiddenInput)

    def __init__(self, query: Any, *, asker: Staff) -> None:
        everybody = list(consultants().values_list("pk", "name"))
        if "consultant" not in query and asker.pk in dict(everybody):
            query = query.copy()
            query["consultant"] = asker.pk
        super().__init__(query)
        self.fields["consultant"].choices = [(EVERYBODY, _("Everybody")), *everybody]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def order_name(self) -> str:
        return self.cleaned_data.get("sort") or LATEST_FIRST

    @property
    def order(self) -> Order:
        return ORDERS[self.order_name]

    def read(self, cursor: Cursor | None, size: int) -> tuple[KeysetPage, int]:
        """Return one page of the rows that fit, and their bounded count, in two queries."""
        rows = self.rows()
        return read_page(rows, self.order, cursor, size), bounded_count(rows)

    def rows(self) -> Any:
        asked, rows = self.cleaned_data, ConsultSchedule.objects.all()
        if asked.get("consultant") and asked["consultant"] != EVERYBODY:
            rows = rows.of_consultants([asked["consultant"]])
        for column in ("status", "topic"):
            if asked.get(column):
                rows = rows.filter(**{column: asked[column]})
        if asked.get("since"):
            rows = rows.filter(scheduled_at__gte=midnight(asked["since"]))
        if asked.get("until"):
            rows = rows.filter(scheduled_at__lt=midnight(asked["until"] + timedelta(days=1)))
        return rows

    def asked(self) -> dict[str, str]:
        """Return the fields that narrow the list, as the person typed them."""
        return {
            name: str(self.data[name])
            for name in self.fields
            if name != "sort" and self.cleaned_data.get(name) not in (None, "")
        }
