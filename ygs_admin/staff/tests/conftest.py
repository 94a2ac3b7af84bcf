"""Fixtures of the tests of accounts, sessions and the second factor."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ygs_admin.testing.personas import PASSWORD, make_staff, set_up_authenticator, sign_in_without_second_factor

__all__ = ["half_signed_in", "kim", "post_sign_in"]


@pytest.fixture
def kim(db: None) -> Any:
    """A reviewer with an app whose secret is known."""
    staff = make_staff("kim", role="reviewer")
    set_up_authenticator(staff)
    return staff


@pytest.fixture
def half_signed_in(client: Client, kim: Any) -> Client:
    """Kim's browser after the password, before the second factor."""
    sign_in_without_second_factor(client, kim)
    return client


@pytest.fixture
def post_sign_in(client: Client) -> Any:
    """Return a function that sends the sign-in form."""

    def post(email: str, password: str = PASSWORD, **extra: Any) -> Any:
        return client.post(reverse("staff:login"), {"username": email, "password": password}, **extra)

    return post
