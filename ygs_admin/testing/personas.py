"""The people of the tests: staff by role, and members on demand."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from users.models import User
    from ygs_admin.staff.models import Staff

NAMES = {
    "reviewer": "심사원",
    "matchmaker": "매니저",
    "consultant": "상담원",
    "auditor": "감사원",
    "manager": "총괄",
}
PASSWORD = "correct horse battery"
PROFILE_FIELDS = {"height", "education", "university", "job", "salary_range", "district", "mbti", "about_me"}


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A password hash is slow on purpose; hundreds of personas would take minutes."""
    from django.test import override_settings  # noqa: PLC0415 - loads Django's settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


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
