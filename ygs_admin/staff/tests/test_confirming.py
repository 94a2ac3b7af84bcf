"""Asking once more who it is before contact details are shown or accounts are changed."""

import time

import pytest
from django.urls import reverse

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import RecoveryCodes
from ygs_admin.testing.personas import PASSWORD, current_code, set_up_authenticator

pytestmark = pytest.mark.django_db

CONFIRM = "/staff/confirm/"


@pytest.fixture
def later(client, manager):
    """The manager's browser, eleven minutes after the sign-in."""
    client.force_login(manager)
    session = client.session
    session["confirmed_at"] = int(time.time()) - 11 * 60
    session.save()
    return client


@pytest.fixture
def member(make_member):
    return make_member(phone="01012345678")


@pytest.fixture
def guarded(member, reviewer):
    """The addresses that ask: name → arguments."""
    of_account = ("edit", "temporary_password", "deactivate", "reset_second_factor", "end_sessions", "unlock")
    urls = [reverse("users:reveal", args=[member.pk]), reverse("staff:create"), reverse("staff:recovery_codes")]
    return urls + [reverse(f"staff:{name}", args=[reviewer.pk]) for name in of_account]


def test_they_ask_and_come_back_by_get(later, guarded):
    for url in guarded:
        for answer in (later.get(url), later.post(url, {"reason": "x"})):
            assert (answer.status_code, answer.url) == (302, f"{CONFIRM}?next={url.replace('/', '%2F')}"), url
    assert not UserAccessAudit.objects.filter(action=Action.REVEAL).exists()


def test_soon_after_the_sign_in_nothing_is_asked(client, manager, member):
    client.force_login(manager)
    assert client.get(reverse("users:reveal", args=[member.pk])).status_code == 200


@pytest.mark.parametrize("field", ["code", "password", "recovery"])
def test_code_password_or_recovery_code_will_do(later, manager, member, field):
    url = reverse("users:reveal", args=[member.pk])
    set_up_authenticator(manager)
    sent = {
        "code": {"code": current_code()},
        "password": {"password": PASSWORD},
        "recovery": {"code": RecoveryCodes.renew(manager)[0]},
    }[field]
    before = later.session.session_key
    assert later.post(CONFIRM, sent | {"next": url}).url == url
    assert later.session.session_key != before
    assert later.get(url).status_code == 200
    assert later.post(url, {"reason": "일정 확인"}).status_code == 200


@pytest.mark.parametrize(
    "sent", [{"code": "000000"}, {"password": "wrong"}, {"code": "", "password": ""}, {"code": "\x00"}]
)
def test_what_is_wrong_confirms_nothing(later, sent):
    answer = later.post(CONFIRM, sent)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert later.get(reverse("staff:create")).status_code == 302


def test_failures_are_counted_and_lock(later, manager):
    for _guess in range(4):
        assert later.post(CONFIRM, {"password": "wrong"}).status_code == 422
    assert later.post(CONFIRM, {"password": "wrong"}).status_code == 429
    assert later.post(CONFIRM, {"password": PASSWORD}).status_code == 429
    assert UserAccessAudit.objects.filter(action=Action.LOGIN_FAILED).count() == 5


@pytest.mark.parametrize("next_url", ["//evil.example/", "https://evil.example", "javascript:alert(1)", "///x"])
def test_it_never_leads_elsewhere(later, next_url):
    assert later.post(CONFIRM, {"password": PASSWORD, "next": next_url}).url == "/"


def test_only_get_and_post(later):
    assert later.delete(CONFIRM).status_code == 405
