"""Mobile numbers as people and spreadsheets write them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from users.phones import national_number

from .text import compact

SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
DECIMALS = re.compile(r"(\d{9,})\.0+")
PUNCTUATED_DIGITS = re.compile(r"[\d\s+().·∙\-‐‒–—―−]+")


def phone(value: str) -> str:
    """Return the digits of a Korean mobile number, `01012345678`.

    Takes any punctuation, full-width digits, `+82 10…`, a number that lost its zero to a spreadsheet (`1012345678`,
    `1012345678.0`) and one that an apostrophe protected from that (`'01012345678`). Refuses letters and a second number
    in the same cell rather than guess, and `1.01235E+09`, of which the last digits are gone for good.
    """
    text = compact(value).lstrip("'’")
    if SCIENTIFIC.fullmatch(text):
        message = _("A spreadsheet rounded this number to scientific notation; its last digits are lost.")
        raise ValidationError(message, code="lost_digits")
    text = DECIMALS.sub(r"\1", text)
    number = national_number(text) if PUNCTUATED_DIGITS.fullmatch(text) else None
    if number is None:
        raise ValidationError(_("This is not a Korean mobile number."), code="invalid")
    return number
