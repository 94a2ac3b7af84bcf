"""The people of the tests: staff by role, and members on demand."""

import time
from base64 import b32decode
from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from django_otp.oath import TOTP

if TYPE_CHECKING:
    from django.test import Client

    from users.models import User
    from ygs_admin.staff.models import Authenticator, Staff

NAMES = {
    "reviewer": "심사원",
    "matchmaker": "매니저",
    "consultant": "상담원",
    "auditor": "감사원",
    "manager": "총괄",
}
PASSWORD = "correct horse battery"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PROFILE_FIELDS = {"height", "education", "university", "job", "salary_range", "district", "mbti", "about_me"}


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A password hash is slow on purpose; hundreds of personas would take minutes."""
    from django.test import override_settings  # noqa: PLC0415 - loads Django's settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


def force_sign_in(client: "Client", person: "Staff", backend: str | None = None) -> None:
    """Sign in past both factors, confirmed just now: what `client.force_login` does in the tests."""
    from ygs_admin.staff.second_factor import verified_session  # noqa: PLC0415 - loads Django's settings

    client._login(person, backend or "django.contrib.auth.backends.ModelBackend")  # type: ignore[attr-defined]
    session = client.session
    session.update(verified_session(set_up_authenticator(person)))
    session.save()


def sign_in_without_second_factor(client: "Client", person: "Staff") -> None:
    """Sign in by the password alone: no page of the console is shown yet."""
    client._login(person, "django.contrib.auth.backends.ModelBackend")  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def verified_sign_ins() -> Iterator[None]:
    from django.test import Client  # noqa: PLC0415 - loads Django's settings

    with patch.object(Client, "force_login", force_sign_in):
        yield


def set_up_authenticator(person: "Staff") -> "Authenticator":
    """Return the person's app, with a secret that every test knows."""
    from ygs_admin.staff.models import Authenticator  # noqa: PLC0415 - models are not loaded when this module is

    app: Authenticator | None = Authenticator.objects.filter(user=person, confirmed=True).first()
    if app is None:
        app = Authenticator(user=person, name="Test")
        app.secret = TOTP_SECRET
        app.save()
    return app


def current_code(secret: str = TOTP_SECRET) -> str:
    """Return the six digits that an app shows now."""
    totp = TOTP(b32decode(secret))
    totp.time = time.time()
    return f"{totp.token():06}"


def make_staff(name: str, *, role: str = "", **fields: Any) -> "Staff":
    """Make an account that signs in as `<name>@ygs.test` with `PASSWORD`."""
    from django.contrib.auth.models import Group  # noqa: PLC0415 - models are not loaded when this module is

    from ygs_admin.staff.models import Staff  # noqa: PLC0415

    staff = Staff.objects.create_user(f"{name}@ygs.test", PASSWORD, name=NAMES.get(name, name), **fields)
    if role:
        staff.groups.add(Group.objects.get(name=role))
    return staff


@pytest.fixture
def reviewer(db: None) -> "Staff":
    return make_staff("reviewer", role="reviewer")


@pytest.fixture
def matchmaker(db: None) -> "Staff":
    return make_staff("matchmaker", role="matchmaker")


@pytest.fixture
def consultant(db: None) -> "Staff":
    return make_staff("consultant", role="consultant")


@pytest.fixture
def auditor(db: None) -> "Staff":
    return make_staff("auditor", role="auditor")


@pytest.fixture
def manager(db: None) -> "Staff":
    return make_staff("manager", role="manager")


@pytest.fixture
def superuser(db: None) -> "Staff":
    return make_staff("superuser", is_superuser=True)


@pytest.fixture
def outsider(db: None) -> "Staff":
    """Somebody who may sign in and nothing else."""
    return make_staff("outsider")


@pytest.fixture
def make_member(db: None) -> "Callable[..., User]":
    """Return a function that makes a member with profile, lifestyle and preference.

    Takes columns of the member and of the profile by name, and `lifestyle={…}` and `preference={…}`.
    """
    from users.models import User, UserLifestyle, UserPreference, UserProfile  # noqa: PLC0415

    numbers = count(1)

    def make(*, lifestyle: Any = None, preference: Any = None, **columns: Any) -> User:
        number = next(numbers)
        profile = {name: columns.pop(name) for name in PROFILE_FIELDS & set(columns)}
        defaults = {"name": f"김회원{number}", "phone": f"010{number:08}", "gender": "male", "birth_year": 1990}
        user: User = User.objects.create(**{**defaults, "status": "approved", **columns})
        UserProfile.objects.create(user=user, **{"height": 175, "district": "서울 마포구", **profile})
        UserLifestyle.objects.create(user=user, **(lifestyle or {}))
        UserPreference.objects.create(user=user, **(preference or {}))
        return user

    return make
