"""The demo's staff: one account a role, and a superuser, with passwords made for this folder."""

import io
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.management import call_command

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
# Syllables that are typed without looking twice: no l beside 1, no o beside 0.
SYLLABLES = [consonant + vowel for consonant in "bdfghjkmnprstvz" for vowel in "aeiu"]


@dataclass(frozen=True)
class SignIn:
    email: str
    password: str


def make_sign_ins() -> dict[str, SignIn]:
    """A sign-in for each role and `superuser`. A password has some 55 bits, and can be read out aloud."""
    return {role: SignIn(f"{role}@ygs.example", _password()) for role in NAMES}


def _password() -> str:
    words = ["".join(secrets.choice(SYLLABLES) for _syllable in range(3)) for _word in range(3)]
    return "-".join([*words, str(secrets.randbelow(90) + 10)])


def create_staff(sign_ins: dict[str, SignIn]) -> None:
    """Make the accounts, or set the passwords of those that are there."""
    for role, sign_in in sign_ins.items():
        rights: dict[str, object] = {"superuser": True} if role == SUPERUSER else {"role": [role]}
        with _typed(sign_in.password):
            call_command(
                "create_staff", sign_in.email, name=NAMES[role], password_stdin=True, stdout=io.StringIO(), **rights
            )


@contextmanager
def _typed(text: str) -> Iterator[None]:
    """Let a command read `text` from its standard input: a password never is an argument."""
    before, sys.stdin = sys.stdin, io.StringIO(f"{text}\n")
    try:
        yield
    finally:
        sys.stdin = before
