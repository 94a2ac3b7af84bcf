"""The form of a cancellation: who is at fault, what is refunded, why."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import UserSubscription
from users.models.status import VerbRefusedError
from users.subscriptions.refunds import Fault

from .row_verb import Shown
from .subscription import MOST_KRW, RunningForm, reason_field


class CancelForm(RunningForm):
    """Shows the refund for both faults; an amount that is left empty is the computed one."""

    fault = forms.ChoiceField(label=_("Who is at fault"), choices=Fault.choices, widget=forms.RadioSelect)
    settled_krw = forms.IntegerField(
        label=_("Settled refund (₩)"),
        required=False,
        min_value=0,
        max_value=MOST_KRW,
        help_text=_("Empty: the computed refund."),
    )
    reason = reason_field()

    def __init__(self, *args: Any, subscription: UserSubscription, **kwargs: Any) -> None:
        self.refunds = subscription.refunds(timezone.now())
        super().__init__(*args, subscription=subscription, **kwargs)

    def showing(self) -> Shown:
        amounts = {str(Fault(fault).label): refund.amount_krw for fault, refund in self.refunds.items()}
        said = {label: "" if amount is None else f"₩{amount:,}" for label, amount in amounts.items()}
        return super().showing() | said

    @property
    def is_outdated(self) -> bool:
        """Tell whether the page showed another refund: a date may have been fixed meanwhile, or a day begun."""
        then, now = self.shown_then(), self.showing()
        is_other = any(then.get(label) != now[label] for label in map(str, Fault.labels))
        return is_other and self.subscription.is_running

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        cleaned["computed_krw"] = self.refunds[cleaned["fault"]].amount_krw
        if cleaned["settled_krw"] is None:
            cleaned["settled_krw"] = cleaned["computed_krw"]
        if cleaned["settled_krw"] is None:
            self.add_error("settled_krw", _("It can't be computed: state the amount that was agreed on."))
        else:
            self._clean_amount(cleaned)
        return cleaned

    def _clean_amount(self, cleaned: dict[str, Any]) -> None:
        try:
            self.subscription.refuse_amount(cleaned["settled_krw"], Fault(cleaned["fault"]))
        except VerbRefusedError as refusal:
            self.add_error("settled_krw", str(refusal))
