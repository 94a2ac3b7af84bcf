"""A member who looks for a partner, and members who may be introduced."""

from collections.abc import Callable
from typing import Any

import pytest

from users.models import User
from users.tests.subscribing import subscribed


@pytest.fixture
def eligible(make_member: Callable[..., User]) -> Callable[..., User]:
    """Return a function that makes a woman who may be introduced; columns as for `make_member`."""

    def make(**columns: Any) -> User:
        member = make_member(**{"gender": "female", "birth_year": 1992, "height": 165, **columns})
        subscribed(member)
        return member

    return make


@pytest.fixture
def member(eligible: Callable[..., User]) -> User:
    """Return a man who insists on the age and would like a degree."""
    wishes = {"birth_year_min": 1990, "birth_year_max": 1995, "education_min": "bachelor", "must_have": ["age"]}
    return eligible(gender="male", birth_year=1990, height=178, name="김철수", preference=wishes)
