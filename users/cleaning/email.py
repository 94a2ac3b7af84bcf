"""E-mail addresses."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .text import INVISIBLE, storable


def email(value: str) -> str:
    """Return the address with its domain in lower case. What stands before the `@` is the provider's to interpret."""
    address = INVISIBLE.sub("", storable(value)).strip()
    local, at, domain = address.rpartition("@")
    address = f"{local}{at}{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(_("This is not an e-mail address."), code="invalid") from None
    return address
