"""The audit screen: what may be asked of the access record, newest or oldest first."""

import ipaddress
from datetime import date, timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from users.filters import LONGEST_VALUE, OpenChoiceField
from users.masking import may_see_names
from users.models import Action, MemberSearch, UserAccessAudit
from users.models.access import SYSTEM, TAKEN_OUT
from users.search.query import Kind, understand
from ygs_admin.db.ids import is_id
from ygs_admin.db.ownership import is_shared
from ygs_admin.staff.models import Staff
from ygs_admin.web.days import midnight
from ygs_admin.web.keyset import COUNT_BOUND, Cursor, KeysetPage, Order, SortKey, bounded_count, read_page

ORDERS: dict[str, Order] = {
    "-created_at": (SortKey("created_at", descending=True), SortKey("id", descending=True)),
    "created_at": (SortKey("created_at"), SortKey("id")),
}
NEWEST_FIRST = "-created_at"
# Several actions that are asked for as one.
GROUPS = {"taken_out": TAKEN_OUT}
# Days beyond these are no days of a record, and the last of all calendars has no day after it.
OF_THE_RECORD = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1))]
# So many members are offered where a name means several.
CANDIDATES = 20


class DayInput(forms.DateInput):
    input_type = "date"

    def format_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class AuditFilter(forms.Form):
    """Owns the audit screen. A malformed value is left out and said so; the rest still filters."""

    staff = forms.CharField(label=_("Who"), required=False, max_length=254)
    member = forms.CharField(label=_("Member"), required=False, max_length=100)
    action = OpenChoiceField(
        label=_("Action"),
        required=False,
        choices=[("", _("Any")), ("taken_out", _("Taken out of the console")), *Action.choices],
    )
    resource = OpenChoiceField(label=_("Table"), required=False)
    address = forms.CharField(label=_("Address"), required=False, max_length=LONGEST_VALUE)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput, validators=OF_THE_RECORD)
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput, validators=OF_THE_RECORD)
    request = forms.CharField(label=_("Request"), required=False, max_length=LONGEST_VALUE)
    sort = forms.ChoiceField(required=False, choices=[(key, key) for key in ORDERS], widget=forms.HiddenInput)

    def __init__(self, *args: Any, reader: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.may_see_names = may_see_names(reader)
        self.fields["resource"].choices = [("", _("Any")), *tables()]  # type: ignore[attr-defined]
        self.full_clean()

    def clean_member(self) -> str:
        typed: str = self.cleaned_data["member"]
        understood = understand(typed)
        if understood and understood.kind is not Kind.ID and not self.may_see_names:
            raise ValidationError(_("Your role finds members by their ID only."), code="by_id_only")
        return typed

    def clean_address(self) -> str:
        """Return an address in its one spelling, as the record keeps it; anything else as it was typed."""
        typed: str = self.cleaned_data["address"]
        try:
            return str(ipaddress.ip_address(typed))
        except ValueError:
            return typed

    @property
    def order_name(self) -> str:
        return self.cleaned_data.get("sort") or NEWEST_FIRST

    @property
    def order(self) -> Order:
        return ORDERS[self.order_name]

    @cached_property
    def actor_ids(self) -> list[str] | None:
        """Return whom the typed name, address or id means, None where none was typed.

        Whatever is no account of ours is looked for as it stands: the backend may name actors of its own.
        """
        typed = self.cleaned_data.get("staff")
        if not typed:
            return None
        if typed == SYSTEM or is_id("stf", typed):
            return [typed]
        named = Staff.objects.filter(Q(email__iexact=typed) | Q(name__icontains=typed))
        return list(named.values_list("pk", flat=True)) or [typed]

    @cached_property
    def candidates(self) -> list[str]:
        """Return the ids of the members whom a typed name or number means, none where an id was typed."""
        understood = understand(self.cleaned_data.get("member", ""))
        if understood is None or understood.kind is Kind.ID:
            return []
        rows = MemberSearch.objects.all() if self.reader.has_perm("users.restore_user") else MemberSearch.objects.live()
        return list(rows.matching(understood).order_by("-user_id").values_list("user_id", flat=True)[:CANDIDATES])

    @cached_property
    def member_id(self) -> str | None:
        """Return the member who was asked for: an id, or whom a search means where it means only one."""
        understood = understand(self.cleaned_data.get("member", ""))
        if understood is not None and understood.kind is Kind.ID:
            return understood.text
        return self.candidates[0] if len(self.candidates) == 1 else None

    def read(self, cursor: Cursor | None, size: int) -> tuple[KeysetPage, int]:
        """Return one page of the rows that fit, and their bounded count, in two queries; few are gathered first."""
        rows = self.rows()
        count = bounded_count(rows)
        if count <= COUNT_BOUND:
            rows = rows.gathered(COUNT_BOUND)
        return read_page(rows, self.order, cursor, size), count

    def rows(self) -> Any:
        """Return the rows that fit; none as long as a name means several members."""
        asked, rows = self.cleaned_data, UserAccessAudit.objects.all()
        if self.actor_ids is not None:
            rows = rows.filter(actor_id__in=self.actor_ids)
        if asked.get("member"):
            rows = rows.that_showed(self.member_id) if self.member_id else rows.none()
        if asked.get("action"):
            rows = rows.filter(action__in=GROUPS.get(asked["action"], (asked["action"],)))
        for name, column in (("resource", "resource_type"), ("address", "ip_address"), ("request", "request_id")):
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        if asked.get("since"):
            rows = rows.filter(created_at__gte=midnight(asked["since"]))
        if asked.get("until"):
            rows = rows.filter(created_at__lt=midnight(asked["until"] + timedelta(days=1)))
        return rows

    def beyond(self, row: UserAccessAudit) -> Q:
        """Return the condition of coming after a row, oldest first."""
        later = Q(created_at__gt=row.created_at) | Q(created_at=row.created_at, pk__gt=row.pk)
        # The bound on the time by itself is what an index serves as one range.
        return Q(created_at__gte=row.created_at) & later

    def asked(self) -> dict[str, str]:
        """Return the fields that narrow the record, as the person typed them."""
        return {
            name: str(self.data[name])
            for name in self.fields
            if name != "sort" and self.cleaned_data.get(name) not in (None, "")
        }

    def recorded(self) -> dict[str, str]:
        """Return what was asked as the record keeps it."""
        asked, understood = self.asked(), understand(self.cleaned_data.get("member", ""))
        return asked | {"member": understood.on_record} if understood else asked


def tables() -> list[tuple[str, str]]:
    """Return the tables that rows speak of, by what they are called."""
    models = [model for model in apps.get_models() if is_shared(model) or model._meta.app_label in {"users", "staff"}]
    return sorted(((m._meta.db_table, str(capfirst(m._meta.verbose_name_plural))) for m in models), key=lambda t: t[1])
