"""Confirming what a verb would do to many members."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from users.bulk.planning import TYPED_FROM
from users.verbs import Verb


class CountField(forms.CharField):
    """A number of members, with or without commas."""

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        text = (super().to_python(value) or "").replace(",", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004

    def validate(self, value: int | None) -> None:
        if value is None:
            raise ValidationError(self.error_messages["required"], code="required")


class BulkForm(forms.Form):
    """Asks for a reason where the verb needs one, and for the number of members where much would be taken away."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)
    count = CountField(label=_("How many members"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, verb: Verb, changed: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changed = changed
        if not verb.needs_reason:
            del self.fields["reason"]
        if verb.tone != "bad" or changed < TYPED_FROM:
            del self.fields["count"]
        else:
            self.fields["count"].help_text = _("Type how many there are, so that it is this many you mean.")

    @property
    def reason_given(self) -> str:
        return str(self.cleaned_data.get("reason", ""))

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count != self.changed:
            message = ngettext("It is %(count)s member.", "It is %(count)s members.", self.changed)
            raise ValidationError(message, code="miscounted", params={"count": self.changed})
        return count

    def clean(self) -> dict[str, Any]:
        if not self.changed:
            raise ValidationError(_("Nobody would be changed."), code="nobody")
        return self.cleaned_data
