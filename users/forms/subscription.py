"""Forms of the verbs on a subscription. Each carries what its page showed: nothing is decided on what is no more."""

from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from users.models import UserSubscription

SALT = "users.forms.subscription"
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

Shown = dict[str, str]


class VerbForm(forms.Form):
    """A verb's form over a subscription read `with_row_version()`, or over none.

    `row_version` is the version that the page showed; `shown`, signed, is what it showed, so that a conflict can say
    what has changed since.
    """

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**32)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, subscription: UserSubscription | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.subscription = subscription
        self.initial["row_version"] = subscription.row_version if subscription else None
        self.initial["shown"] = signing.dumps(self.showing(), salt=SALT, compress=True)

    def showing(self) -> Shown:
        """Return what the page shows now: label → value in words."""
        return shown_terms(self.subscription) if self.subscription else {}

    def differences(self) -> list[tuple[str, str, str]]:
        """Return (label, value on the person's page, value now) of what has changed in between."""
        then, now = self.shown_then(), self.showing()
        return [(label, then.get(label, ""), value) for label, value in now.items() if then.get(label, "") != value]

    @property
    def is_outdated(self) -> bool:
        """Tell whether the page showed something that is no more, beside the row itself."""
        return False

    @property
    def is_agreed(self) -> bool:
        """Tell whether the person has seen all that there is to see before pressing."""
        return True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.subscription is not None and cleaned.get("row_version") is None:
            raise forms.ValidationError(_("row_version is missing: open the page again."), code="row_version")
        return cleaned

    def shown_then(self) -> Shown:
        """Return what the person's page showed, nothing where it does not say."""
        try:
            shown: Shown = signing.loads(str(self.data.get("shown", "")), salt=SALT)
        except signing.BadSignature:
            return {}
        return shown


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
