"""Introductions at any stage, and clients of whoever looks at them."""

import pytest
from django.test import Client

from matching.models import MatchFeedback
from matching.tests.introducing import days_ago, introduced
from matching.tests.weeks.conftest import explanation

__all__ = ["explanation"]


@pytest.fixture
def pair(make_member):
    return introduced(make_member, introduced_at=days_ago(20))


@pytest.fixture
def met(make_member):
    return introduced(
        make_member, status="met", introduced_at=days_ago(20), date_fixed_at=days_ago(15), met_at=days_ago(10),
        a_response="accepted", b_response="accepted",
    )  # fmt: skip


@pytest.fixture
def incident(met, matchmaker):
    return MatchFeedback.give(met, by=matchmaker, user_id=met.user_a_id, rating=1, comment="폭언", is_incident=True)


@pytest.fixture
def signed_in():
    """Return a function that signs somebody in, and gives their browser."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def desk(signed_in, matchmaker):
    return signed_in(matchmaker)
