"""Encrypting what must be read again under keys made from `SECRET_KEY`: a copy of the database tells nothing."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealBrokenError(Exception):
    """Sealed under a key that is neither `SECRET_KEY` nor one of `SECRET_KEY_FALLBACKS`."""


def seal(content: bytes) -> str:
    return _box().encrypt(content).decode()


def unseal(sealed: str) -> bytes:
    """Return what was sealed.

    Raises:
        SealBrokenError: no key of ours opens it.
    """
    try:
        return _box().decrypt(sealed.encode())
    except InvalidToken as error:
        raise SealBrokenError from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"ygs.staff.seal:{key}".encode()).digest())) for key in keys])
