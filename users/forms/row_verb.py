"""The form of a verb on one row. It carries what its page showed: nothing is decided on what is no more."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

SALT = "users.forms.row_verb"

Shown = dict[str, str]


class RowVerbForm(forms.Form):
    """A verb's form over a row read `with_row_version()`, or over none.

    `row_version` is the version that the page showed; `shown`, signed, is what it showed, so that a conflict can say
    what has changed since.
    """

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**32)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, row: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.row = row
        self.initial["row_version"] = row.row_version if row else None
        self.initial["shown"] = signing.dumps(self.showing(), salt=SALT, compress=True)

    def showing(self) -> Shown:
        """Return what the page shows now: label → value in words."""
        raise NotImplementedError

    def differences(self) -> list[tuple[str, str, str]]:
        """Return (label, value on the person's page, value now) of what has changed in between."""
        then, now = self.shown_then(), self.showing()
        return [(label, then.get(label, ""), value) for label, value in now.items() if then.get(label, "") != value]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.row is not None and cleaned.get("row_version") is None:
            raise forms.ValidationError(_("row_version is missing: open the page again."), code="row_version")
        return cleaned

    def shown_then(self) -> Shown:
        """Return what the person's page showed, nothing where it does not say."""
        try:
            shown: Shown = signing.loads(str(self.data.get("shown", "")), salt=SALT)
        except signing.BadSignature:
            return {}
        return shown
