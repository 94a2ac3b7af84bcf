"""Authenticator apps: six digits that change every 30 seconds (TOTP, RFC 6238)."""

import secrets
import time
from base64 import b32decode, b32encode
from typing import Any
from urllib.parse import quote, urlencode

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.oath import TOTP

from ygs_admin.staff.sealing import seal, unseal

SECRET_BYTES = 20
# A clock may be one step off; the person may need a moment to type.
TOLERANCE_STEPS = 1
DIGITS = 6
ISSUER = "YGS Admin"


class Authenticator(TimestampMixin, ThrottlingMixin, Device):
    """A django-otp device of our own, since the library's keeps its key in plain hex: here the secret is sealed.

    django-otp loads a device by a whole number, which is why these rows have no ULID. Wrong codes make the device wait
    1, 2, 4, … seconds; a code counts once, as do all that are older than it.
    """

    sealed_secret: Any = models.TextField(editable=False)
    last_step: Any = models.BigIntegerField(default=-1, editable=False)

    class Meta:
        db_table = "console_authenticators"
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    @classmethod
    def new(cls, **fields: Any) -> "Authenticator":
        """Return an unsaved device with a fresh secret, to be confirmed by its first code."""
        return cls(confirmed=False, sealed_secret=seal(secrets.token_bytes(SECRET_BYTES)), **fields)

    @property
    def secret(self) -> str:
        """Return the secret in base32, as apps take it. Shown while it is set up, and never again."""
        return b32encode(unseal(self.sealed_secret)).decode()

    @secret.setter
    def secret(self, base32: str) -> None:
        self.sealed_secret = seal(b32decode(base32))

    @property
    def setup_url(self) -> str:
        """Return the `otpauth://` address that the QR code holds."""
        label = quote(f"{ISSUER}:{self.user.email}")
        return f"otpauth://totp/{label}?{urlencode({'secret': self.secret, 'issuer': ISSUER}, quote_via=quote)}"

    def verify_token(self, token: str) -> bool:
        """Tell whether the code is right now, and spend it. The row must be locked: two requests may bring the same."""
        if not self.verify_is_allowed()[0]:
            return False
        if not self._matches(token):
            self.throttle_increment()
            return False
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True

    def get_throttle_factor(self) -> int:
        return 1

    def _matches(self, token: str) -> bool:
        if not (token.isascii() and token.isdecimal() and len(token) == DIGITS):
            return False
        totp = TOTP(unseal(self.sealed_secret))
        totp.time = time.time()
        matches: bool = totp.verify(int(token), TOLERANCE_STEPS, self.last_step + 1)
        if matches:
            self.last_step = totp.t()
        return matches
