"""Signing in and the second factor."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

# Long enough for a recovery code with spaces in it.
CODE_LENGTH = 40


class SignInForm(AuthenticationForm):
    """E-mail address and password; the address is taken in any case."""

    username = forms.EmailField(
        label=_("e-mail"), widget=forms.EmailInput(attrs={"autofocus": True, "autocomplete": "username webauthn"})
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


class CodeField(forms.CharField):
    """Six digits of an app or a recovery code; telephones offer what they find in a message or an app."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(
            max_length=CODE_LENGTH, widget=forms.TextInput(attrs=attributes | kwargs.pop("attrs", {})), **kwargs
        )


class CodeForm(forms.Form):
    code = CodeField(
        label=_("Code"),
        help_text=_("Six digits from your app, or one of your recovery codes."),
        attrs={"autofocus": True},
    )


class SetUpForm(forms.Form):
    code = CodeField(
        label=_("Code"), help_text=_("The six digits that the app shows now."), attrs={"inputmode": "numeric"}
    )
    name = forms.CharField(
        label=_("Name of the device"), max_length=60, initial=_("Phone"), help_text=_("So that you know it again.")
    )


class DeviceNameForm(forms.Form):
    name = forms.CharField(label=_("Name of the device"), max_length=60)


class ConfirmForm(forms.Form):
    """Either of two proves that it is still the same person."""

    code = CodeField(
        label=_("Code"), required=False, help_text=_("Six digits from your app, or one of your recovery codes.")
    )
    password = forms.CharField(
        label=_("Or your password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("code") and not cleaned.get("password"):
            self.add_error("code", _("Enter a code or your password."))
        return cleaned
