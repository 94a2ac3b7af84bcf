"""What a password must be, beyond Django's own rules."""

import unicodedata
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class MixedCharactersValidator:
    """At least two of letters in lower case, in upper case, digits and other signs.

    With at least ten characters that is what 개인정보의 안전성 확보조치 기준 제5조 (its guide) asks for.
    """

    def __init__(self, kinds: int = 2) -> None:
        self.kinds = kinds

    def validate(self, password: str, user: Any = None) -> None:
        if len({_kind(character) for character in password}) < self.kinds:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("Mix at least two of small letters, capitals, digits and other characters.")


class NotReusedValidator:
    """None of the last three; Django tells `password_changed` of every new one, whoever set it."""

    def validate(self, password: str, user: Any = None) -> None:
        from .models import PastPassword  # noqa: PLC0415 - models are not loaded when the settings name this

        if user is None or user._state.adding:
            return
        if check_password(password, user.password) or PastPassword.has(user.pk, password):
            raise ValidationError(_("This password was used before. Choose a new one."), code="password_reused")

    def password_changed(self, password: str, user: Any) -> None:
        from .models import PastPassword  # noqa: PLC0415 - as above

        if user.has_usable_password():
            PastPassword.remember(user.pk, user.password)

    def get_help_text(self) -> str:
        return _("It is none of your last three passwords.")


def _kind(character: str) -> str:
    """Return the general category as far as it matters: Lu, Ll, other letters, digits, all else."""
    category = unicodedata.category(character)
    return category if category in {"Lu", "Ll"} else category[0] if category[0] in "LN" else "sign"
