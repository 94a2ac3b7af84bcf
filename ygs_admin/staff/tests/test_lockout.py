"""Locking out whoever guesses, by account and by address, and lifting the lock."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from users.models import Action, UserAccessAudit
from ygs_admin.testing.personas import PASSWORD

pytestmark = pytest.mark.django_db

TOO_MANY = 429


def guess(client, email, times=5, **extra):
    for _guess in range(times):
        answer = client.post(reverse("staff:login"), {"username": email, "password": "wrong horse"}, **extra)
    return answer


def test_five_failures_lock_the_account_at_that_address(client, kim, post_sign_in):
    assert guess(client, kim.email, 4).status_code == 200
    assert guess(client, kim.email, 1).status_code == TOO_MANY
    assert post_sign_in(kim.email).status_code == TOO_MANY
    assert post_sign_in(kim.email, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_an_account_that_is_none_gets_the_same_answers(client, kim):
    def answers(email):
        pages = [guess(client, email, 1) for _guess in range(6)]
        return [(page.status_code, page.text.replace(email, "").split('name="csrf')[0]) for page in pages]

    assert answers("nobody@ygs.test") == answers(kim.email)


def test_a_browser_of_another_name_is_counted_with_the_others(client, kim):
    for number in range(5):
        answer = guess(client, kim.email, 1, headers={"User-Agent": f"Browser {number}"})
    assert answer.status_code == TOO_MANY


def test_twenty_failures_lock_the_address_for_everybody(client, kim, post_sign_in):
    for number in range(20):
        guess(client, f"somebody{number}@ygs.test", 1)
    assert post_sign_in(kim.email).status_code == TOO_MANY


def test_thirty_failures_from_anywhere_lock_the_account(client, kim, post_sign_in):
    for number in range(30):
        guess(client, kim.email, 1, REMOTE_ADDR=f"198.51.100.{number}")
    assert post_sign_in(kim.email, REMOTE_ADDR="203.0.113.9").status_code == TOO_MANY


def test_a_header_of_the_clients_own_is_no_other_address(client, kim, post_sign_in):
    for number in range(5):
        guess(client, kim.email, 1, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert post_sign_in(kim.email).status_code == TOO_MANY


def test_after_a_quarter_of_an_hour_it_is_over(client, kim, post_sign_in):
    guess(client, kim.email)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert post_sign_in(kim.email).status_code == 302


def test_trying_while_locked_does_not_make_it_longer(client, kim):
    guess(client, kim.email)
    before = AccessAttempt.objects.get().attempt_time
    guess(client, kim.email, 3)
    assert AccessAttempt.objects.get().attempt_time == before


def test_each_failure_is_on_record(client, kim):
    guess(client, kim.email, 6)
    assert UserAccessAudit.objects.filter(action=Action.LOGIN_FAILED).count() == 6


def test_neither_address_nor_password_is_kept(client, kim):
    guess(client, "my-secret-password@x.kr", 1)
    kept = str(AccessAttempt.objects.values().get())
    assert "my-secret" not in kept
    assert "wrong horse" not in kept


class TestLifting:
    def test_a_manager_sees_and_lifts_the_lock_of_an_account(self, client, kim, manager, post_sign_in):
        guess(Client(), kim.email)
        client.force_login(manager)
        page = client.get(reverse("staff:account", args=[kim.pk]))
        assert page.context["is_locked"]
        assert client.post(reverse("staff:unlock", args=[kim.pk])).status_code == 302
        assert not client.get(reverse("staff:account", args=[kim.pk])).context["is_locked"]
        assert UserAccessAudit.objects.get(action=Action.PERMISSION_CHANGE).detail == {"locked": [True, False]}
        fresh = Client().post(reverse("staff:login"), {"username": kim.email, "password": PASSWORD})
        assert fresh.status_code == 302

    def test_a_manager_sees_and_lifts_the_lock_of_an_address(self, client, kim, manager):
        for number in range(20):
            guess(Client(), f"somebody{number}@ygs.test", 1)
        client.force_login(manager)
        assert client.get(reverse("staff:list")).context["locked_addresses"] == ["127.0.0.1"]
        client.post(reverse("staff:unlock_address"), {"address": "127.0.0.1"})
        assert client.get(reverse("staff:list")).context["locked_addresses"] == []
        assert UserAccessAudit.objects.filter(action=Action.PERMISSION_CHANGE).count() == 1

    @pytest.mark.parametrize("address", ["", "nonsense", "203.0.113.1", "\x00"])
    def test_lifting_what_is_not_locked_changes_nothing(self, client, manager, address):
        client.force_login(manager)
        assert client.post(reverse("staff:unlock_address"), {"address": address}).status_code == 302
        assert not UserAccessAudit.objects.filter(action=Action.PERMISSION_CHANGE).exists()

    def test_an_auditor_may_not(self, client, kim, auditor):
        client.force_login(auditor)
        assert client.post(reverse("staff:unlock", args=[kim.pk])).status_code == 403
        assert client.post(reverse("staff:unlock_address"), {"address": "127.0.0.1"}).status_code == 403
        assert client.get(reverse("staff:unlock_address")).status_code == 405
