"""Heights as people write them."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .text import compact

SHORTEST, TALLEST = 120, 230
CENTIMETRES = re.compile(r"(\d{3}(?:\.\d+)?)\s*(?:cm|센티미터|센티|센치)?\.?", re.IGNORECASE)
METRES = re.compile(r"(\d\.\d{2})\s*(?:m|미터)?", re.IGNORECASE)


def height(value: str) -> int:
    """Return a height in whole centimetres: `175`, `175cm`, `175.4` (rounded half up), `1.75m`."""
    text = compact(value).lstrip("'").replace(",", ".")
    if match := CENTIMETRES.fullmatch(text):
        centimetres = Decimal(match[1])
    elif match := METRES.fullmatch(text):
        centimetres = Decimal(match[1]) * 100
    else:
        raise ValidationError(_("This is not a height in centimetres."), code="invalid")
    return _plausible(int(centimetres.quantize(Decimal(1), ROUND_HALF_UP)))


def _plausible(centimetres: int) -> int:
    if not SHORTEST <= centimetres <= TALLEST:
        message = _("Heights are between %(shortest)s and %(tallest)s cm, not %(height)s.")
        params = {"shortest": SHORTEST, "tallest": TALLEST, "height": centimetres}
        raise ValidationError(message, code="implausible", params=params)
    return centimetres
