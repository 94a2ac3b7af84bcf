"""Recovery codes: for the day when telephone and security key are lost. Each lets in once."""

import secrets
from hashlib import sha256
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin

CODES = 10
GROUPS = 4
GROUP_LENGTH = 4
# No 0 and o, no 1, i and l: codes are copied by hand.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class RecoveryCodes(TimestampMixin, ThrottlingMixin, Device):
    """The sheet of an account, one row. Only digests are kept: 79 random bits want no slow hash."""

    digests: Any = ArrayField(models.CharField(max_length=64), default=list, editable=False)

    class Meta:
        db_table = "console_recovery_codes"
        verbose_name = _("recovery codes")
        verbose_name_plural = _("recovery codes")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user"], name="console_recovery_codes_of_staff")
        ]

    @classmethod
    @transaction.atomic
    def renew(cls, staff: models.Model) -> list[str]:
        """Replace the account's codes by new ones, and return these: nobody can have them shown again."""
        codes = [_new_code() for _ in range(CODES)]
        sheet, _created = cls.objects.select_for_update().get_or_create(user=staff, defaults={"name": "recovery"})
        sheet.digests = [_digest(code) for code in codes]
        sheet.save(update_fields=["digests"])
        return codes

    @property
    def left(self) -> int:
        return len(self.digests)

    def verify_token(self, token: str) -> bool:
        """Tell whether the code is one that is left, and cross it out. The row must be locked."""
        if not self.verify_is_allowed()[0]:
            return False
        digest = _digest(token)
        if digest not in self.digests:
            self.throttle_increment()
            return False
        self.digests = [kept for kept in self.digests if kept != digest]
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True

    def get_throttle_factor(self) -> int:
        return 1


def _new_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def _digest(code: str) -> str:
    """Return what is kept of a code; capitals, spaces and hyphens make no difference to the person who types it."""
    typed = "".join(character for character in code.lower() if character.isalnum())
    return sha256(typed.encode()).hexdigest()
