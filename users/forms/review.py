"""What a reviewer says about one item of a case."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models.document_review import OVER
from users.review.case import Item

LONGEST_NOTE = 500


class DecisionForm(forms.Form):
    """`item` names what the page showed, `row_version` the version of it."""

    item = forms.CharField(widget=forms.HiddenInput)
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        kwargs["initial"] = {"item": item.key, "row_version": item.row_version} | kwargs.get("initial", {})
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.lower()}_%s"} | kwargs)

    def decided(self) -> dict[str, Any]:
        """Return what was said, by the names that `decide` takes it under."""
        names = {"row_version": "seen"}
        return {names.get(name, name): value for name, value in self.cleaned_data.items() if name != "item"}


class ApproveForm(DecisionForm):
    """A document is approved until a day, by default as long as is usual for its kind."""

    expires_on = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        self.usual = item.document.suggested_expiry() if item.document else None
        self.initial["expires_on"] = self.usual
        if item.document is None:
            del self.fields["expires_on"]

    def clean_expires_on(self) -> date | None:
        """Refuse a day that is over now, not when the decision becomes final."""
        until: date | None = self.cleaned_data["expires_on"] or self.usual
        if until is not None and until < timezone.localdate():
            raise forms.ValidationError(OVER, code="over", params={"day": until})
        return until


class RejectForm(DecisionForm):
    """`note` is the sentence that the member is told; for a sign-up it is also the reason on record."""

    reason = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("What the member is told"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        self.reasons = item.reasons
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in self.reasons]  # type: ignore[attr-defined]
