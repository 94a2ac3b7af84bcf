"""Signing in."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """E-mail address and password; the address is taken in any case."""

    username = forms.EmailField(
        label=_("e-mail"), widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username"})
    )

    error_messages = {  # noqa: RUF012 - Django's own spelling
        "invalid_login": _("This e-mail address and password do not fit together."),
        "inactive": _("This account is not active."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("e-mail")

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()
