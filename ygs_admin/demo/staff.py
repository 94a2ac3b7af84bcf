"""The demo's staff: one account a role, and a superuser, with passwords and authenticator apps made for this folder."""

import io
import secrets
import sys
import time
from base64 import b32decode, b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.management import call_command
from django_otp.oath import TOTP

from ygs_admin.staff.temporary import new_password

SUPERUSER = "superuser"
NAMES = {
    "reviewer": "서지윤",
    "matchmaker": "문하람",
    "consultant": "배수민",
    "auditor": "노태경",
    "manager": "권은채",
    SUPERUSER: "한도윤",
}
ROLES = [role for role in NAMES if role != SUPERUSER]
SECRET_BYTES = 20


def _new_secret() -> str:
    return b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


@dataclass(frozen=True)
class SignIn:
    """`totp_secret` is base32, as apps take it; an older demo's accounts get theirs at the next start."""

    email: str
    password: str
    totp_secret: str = field(default_factory=_new_secret)

    def code(self) -> str:
        """Return the six digits that the app shows now."""
        totp = TOTP(b32decode(self.totp_secret))
        totp.time = time.time()
        return f"{totp.token():06}"


def make_sign_ins() -> dict[str, SignIn]:
    """A sign-in for each role and `superuser`. A password has some 55 bits, and can be read out aloud."""
    return {role: SignIn(f"{role}@ygs.example", new_password()) for role in NAMES}


def create_staff(sign_ins: dict[str, SignIn]) -> None:
    """Make the accounts, or set the passwords of those that are there."""
    for role, sign_in in sign_ins.items():
        rights: dict[str, object] = {"superuser": True} if role == SUPERUSER else {"role": [role]}
        with _typed(sign_in.password):
            call_command(
                "create_staff", sign_in.email, name=NAMES[role], password_stdin=True, stdout=io.StringIO(), **rights
            )


def set_up_apps(sign_ins: dict[str, SignIn]) -> None:
    """Give each account the app of its sign-in, confirmed, where it has no second factor; safe to run again."""
    # Models can be imported only once Django is set up.
    from django_otp import user_has_device  # noqa: PLC0415

    from ygs_admin.staff.models import Authenticator, Staff  # noqa: PLC0415

    for sign_in in sign_ins.values():
        staff = Staff.objects.filter(email=sign_in.email).first()
        if staff is None or user_has_device(staff):
            continue
        app = Authenticator(user=staff, name="Demo")
        app.secret = sign_in.totp_secret
        app.save()


@contextmanager
def _typed(text: str) -> Iterator[None]:
    """Let a command read `text` from its standard input: a password never is an argument."""
    before, sys.stdin = sys.stdin, io.StringIO(f"{text}\n")
    try:
        yield
    finally:
        sys.stdin = before
