"""Naming a saved view, and sharing it."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from users.models.saved_view import LONGEST_NAME, SHARE
from ygs_admin.staff.models import Staff


class SavedViewForm(forms.Form):
    """Offers to share only to those who may."""

    name = forms.CharField(label=_("Name of the view"), max_length=LONGEST_NAME)
    is_shared = forms.BooleanField(
        label=_("Share it with everybody who sees the members list"), required=False, initial=False
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not staff.has_perm(SHARE):
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        """Return the name in one spelling: names that look the same are the same."""
        return " ".join(unicodedata.normalize("NFC", self.cleaned_data["name"]).split())

    @property
    def is_to_be_shared(self) -> bool:
        return bool(self.cleaned_data.get("is_shared"))

    def refuse(self, error: ValidationError) -> None:
        """Show why the view was not kept, at the field that it is about."""
        self.add_error(None, error)
