"""Forms of terms: starting a subscription, changing its plan."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from users.models import Plan
from users.models.status import VerbRefusedError
from users.subscriptions.plans import OFFERS, Terms

from .subscription import MOST_INTRODUCTIONS, MOST_KRW, RunningForm, VerbForm, reason_field

SALT = "users.forms.subscription_terms"
MOST_MONTHS = 60

Change = tuple[str, str, str]


class TermsForm(VerbForm):
    """Terms of a plan: what is left empty is as the price list has it."""

    plan = forms.ChoiceField(label=_("Plan"), widget=forms.RadioSelect)
    price_krw = forms.IntegerField(label=_("Price (₩)"), required=False, min_value=0, max_value=MOST_KRW)
    introductions_total = forms.IntegerField(
        label=_("Introductions"), required=False, min_value=1, max_value=MOST_INTRODUCTIONS
    )
    is_unlimited = forms.BooleanField(label=_("Unlimited introductions"), required=False)
    months = forms.IntegerField(label=_("Months"), required=False, min_value=1, max_value=MOST_MONTHS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["plan"]
        field.choices = [(plan.value, _offer_label(plan)) for plan in Plan]
        for name in ("price_krw", "introductions_total", "months"):
            self.fields[name].widget.attrs["placeholder"] = gettext("as the plan says")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("is_unlimited") and cleaned.get("introductions_total"):
            self.add_error("introductions_total", _("Either a number or unlimited, not both."))
        if not self.errors:
            cleaned["terms"] = self._terms(cleaned)
        return cleaned

    def _terms(self, cleaned: dict[str, Any]) -> Terms:
        offer = Terms.of(cleaned["plan"])
        total = cleaned["introductions_total"] or offer.introductions_total
        price = cleaned["price_krw"]
        return Terms(
            plan=offer.plan,
            months=cleaned["months"] or offer.months,
            introductions_total=None if cleaned["is_unlimited"] else total,
            price_krw=offer.price_krw if price is None else price,
        )


class StartForm(TermsForm):
    auto_renew = forms.BooleanField(label=_("Renews itself"), required=False)


class ChangePlanForm(TermsForm, RunningForm):
    """`agreed` are, signed, the terms whose difference the person has seen: only those are taken."""

    agreed = forms.CharField(required=False)
    reason = reason_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            self._refuse_if_too_small(cleaned["terms"])
        return cleaned

    @property
    def is_agreed(self) -> bool:
        return bool(self.signed() == self.cleaned_data["agreed"])

    def signed(self) -> str:
        """Return the terms as the page carries them from what it showed to what is pressed."""
        return signing.Signer(salt=SALT).sign_object(list(vars(self.cleaned_data["terms"]).values()))

    def changes(self) -> list[Change]:
        """Return (label, as it is, as it will be) of plan, introductions, price and end."""
        now, terms = self.subscription, self.cleaned_data["terms"]
        return [
            (gettext("Plan"), now.get_plan_display(), str(Plan(terms.plan).label)),
            (gettext("Introductions"), _count(now.introductions_total), _count(terms.introductions_total)),
            (gettext("Price"), _won(now.price_krw), _won_with_difference(terms.price_krw, now.price_krw)),
            (gettext("Ends"), _day(now.expires_at), _day(now.end_under(terms))),
        ]

    def _refuse_if_too_small(self, terms: Terms) -> None:
        try:
            self.subscription.refuse_if_too_small(terms)
        except VerbRefusedError as refusal:
            self.add_error("introductions_total", str(refusal))


def _count(total: int | None) -> str:
    return gettext("unlimited") if total is None else str(total)


def _won(amount: int | None) -> str:
    return "" if amount is None else f"₩{amount:,}"


def _won_with_difference(amount: int, before: int | None) -> str:
    difference = amount - (before or 0)
    return f"{_won(amount)} ({'+' if difference >= 0 else '−'}₩{abs(difference):,})"


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d") if moment else ""


def _offer_label(plan: Plan) -> str:
    months, total, price = OFFERS[plan.value]
    introductions = gettext("unlimited introductions") if total is None else gettext("%(total)s introductions")
    said = gettext("%(plan)s: %(months)s months, %(introductions)s, ₩%(price)s")
    words = {"introductions": introductions % {"total": total}, "price": f"{price:,}"}
    return said % {"plan": plan.label, "months": months, **words}
