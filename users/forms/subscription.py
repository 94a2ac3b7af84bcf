"""Forms of the verbs on a subscription."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from users.models import UserSubscription

from .row_verb import RowVerbForm, Shown

SHOWN_FIELDS = (
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
MOST_DAYS = 366
MOST_INTRODUCTIONS = 1000
MOST_KRW = 100_000_000


class VerbForm(RowVerbForm):
    """The form of a verb on a subscription, or on there being none."""

    def __init__(self, data: Any = None, *, subscription: UserSubscription | None, **kwargs: Any) -> None:
        self.subscription = subscription
        super().__init__(data, row=subscription, **kwargs)

    def showing(self) -> Shown:
        return shown_terms(self.subscription) if self.subscription else {}

    @property
    def is_outdated(self) -> bool:
        """Tell whether the page showed something that is no more, beside the row itself."""
        return False

    @property
    def is_agreed(self) -> bool:
        """Tell whether the person has seen all that there is to see before pressing."""
        return True


def shown_terms(subscription: UserSubscription) -> Shown:
    """Return a subscription's columns as a person reads them: label → value."""
    fields: dict[str, Any] = {field.name: field for field in subscription._meta.concrete_fields}
    return {str(fields[name].verbose_name): _in_words(subscription, name) for name in SHOWN_FIELDS}


def _in_words(subscription: UserSubscription, name: str) -> str:
    value = getattr(subscription, name)
    if name == "introductions_total" and value is None:
        return gettext("unlimited")
    if name.endswith("_at"):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""
    if name == "price_krw":
        return "" if value is None else f"₩{value:,}"
    if name == "auto_renew":
        return gettext("yes") if value else gettext("no")
    display = getattr(subscription, f"get_{name}_display", None)
    return str(display() if display else value)


def reason_field() -> forms.CharField:
    return forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class RunningForm(VerbForm):
    """The form of a verb that wants a subscription to be there."""

    subscription: UserSubscription


class PauseForm(RunningForm):
    reason = reason_field()


class ExtendForm(RunningForm):
    days = forms.IntegerField(label=_("Days"), required=False, min_value=1, max_value=MOST_DAYS)
    introductions = forms.IntegerField(
        label=_("Introductions"), required=False, min_value=1, max_value=MOST_INTRODUCTIONS
    )
    reason = reason_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("days") and not cleaned.get("introductions"):
            self.add_error("days", _("Say how many days or introductions to add."))
        return cleaned
