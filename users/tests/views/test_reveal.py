"""Revealing contact details."""

import pytest
from django.urls import reverse

from users.models import Action, UserAccessAudit

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(make_member):
    return make_member(phone="01012345678", email="chulsoo@naver.com")


def reveal_url(member):
    return reverse("users:reveal", args=[member.pk])


def test_needs_a_reason(client, manager, member):
    client.force_login(manager)
    response = client.post(reveal_url(member), {"reason": ""})
    assert response.status_code == 422
    assert "010-1234-5678" not in response.text
    assert not UserAccessAudit.objects.filter(action=Action.REVEAL).exists()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_shows_them_uncached_and_records_the_reason(client, manager, member, headers):
    client.force_login(manager)
    response = client.post(reveal_url(member), {"reason": "일정 확인 전화"}, headers=headers)
    assert "010-1234-5678" in response.text
    assert "no-store" in response["Cache-Control"]
    row = UserAccessAudit.objects.get(action=Action.REVEAL)
    assert (row.user_id, row.actor_id, row.reason) == (member.pk, manager.pk, "일정 확인 전화")


def test_opening_the_form_shows_nothing(client, manager, member):
    client.force_login(manager)
    assert "5678" not in client.get(reveal_url(member)).text.replace("010-****-5678", "")


def test_a_reviewer_may_not(client, reviewer, member):
    client.force_login(reviewer)
    assert client.post(reveal_url(member), {"reason": "x"}).status_code == 403
