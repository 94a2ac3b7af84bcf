"""Forms that take what people type and keep what the tables hold (`users.cleaning`)."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from ygs_admin.web.versioned_form import VersionedModelForm

# A number that may be typed with its unit: 175cm, 93년생.
NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


def typed_number(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(label=capfirst(label), required=required, widget=forms.TextInput(attrs=NUMERIC))


class CleanedForm(VersionedModelForm):
    """`cleaners` names the function for each field. A stored value that no cleaner would take stays while unchanged."""

    cleaners: ClassVar[Mapping[str, Callable[[str], Any]]] = {}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for name, clean in self.cleaners.items():
            if name not in cleaned or (self._versioned and name not in self.touched):
                continue
            typed = cleaned[name]
            try:
                cleaned[name] = clean(str(typed)) if typed else None
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned
