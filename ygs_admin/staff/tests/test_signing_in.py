"""Signing in and out, and being signed out."""

import pytest
from django.test import override_settings
from django.urls import reverse

from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("staff:login")
PASSWORD = "correct horse battery"


@pytest.fixture
def staff():
    return Staff.objects.create_user("Kim@ygs.kr", PASSWORD, name="김직원")


def sign_in(client, email="kim@ygs.kr", password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"username": email, "password": password, **extra})


@pytest.mark.parametrize("email", ["kim@ygs.kr", "KIM@ygs.kr"])
def test_the_address_is_taken_in_any_case(client, staff, email):
    assert sign_in(client, email).url == reverse("today")


@pytest.mark.parametrize(("email", "password"), [("kim@ygs.kr", "wrong"), ("lee@ygs.kr", PASSWORD), ("kim", PASSWORD)])
def test_a_wrong_sign_in_says_so_and_nothing_more(client, staff, email, password):
    response = sign_in(client, email, password)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_inactive_account_is_refused(client, staff):
    staff.is_active = False
    staff.save()
    assert sign_in(client).status_code == 200
    assert "_auth_user_id" not in client.session


def test_an_outside_address_is_not_followed(client, staff):
    assert sign_in(client, next="https://evil.example/").url == reverse("today")


def test_signing_out_ends_the_session(client, staff):
    client.force_login(staff)
    client.post(reverse("staff:logout"))
    assert client.get(reverse("today")).status_code == 302


def test_signing_out_needs_a_post(client, staff):
    client.force_login(staff)
    assert client.get(reverse("staff:logout")).status_code == 405


def test_the_password_is_changed_and_the_person_stays(client, staff):
    client.force_login(staff)
    new = "another fine horse"
    asked = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("staff:password_change"), asked).status_code == 302
    staff.refresh_from_db()
    assert staff.check_password(new)
    assert client.get(reverse("today")).status_code == 200


@pytest.mark.parametrize("weak", ["short", "1234567890", "kim@ygs.kr", "password123"])
def test_a_weak_password_is_refused(client, staff, weak):
    client.force_login(staff)
    asked = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    assert client.post(reverse("staff:password_change"), asked).status_code == 422
    staff.refresh_from_db()
    assert staff.check_password(PASSWORD)


class TestIdleTimeout:
    def test_whoever_was_idle_too_long_is_signed_out(self, client, staff, monkeypatch):
        client.force_login(staff)
        monkeypatch.setattr("time.time", lambda: 1_000_000)
        client.get(reverse("today"))
        monkeypatch.setattr("time.time", lambda: 1_000_000 + 31 * 60)
        assert client.get(reverse("today")).status_code == 302

    def test_work_keeps_the_session(self, client, staff, monkeypatch):
        client.force_login(staff)
        for minute in range(0, 100, 20):
            monkeypatch.setattr("time.time", lambda now=minute: 1_000_000 + now * 60)
            assert client.get(reverse("today")).status_code == 200

    @override_settings(IDLE_TIMEOUT_SECONDS=60)
    def test_the_time_is_a_setting(self, client, staff, monkeypatch):
        client.force_login(staff)
        monkeypatch.setattr("time.time", lambda: 1_000_000)
        client.get(reverse("today"))
        monkeypatch.setattr("time.time", lambda: 1_000_062)
        assert client.get(reverse("today")).status_code == 302


def test_every_page_asks_for_a_sign_in(client):
    for path in ("/", "/users/", "/staff/password/", "/admin/"):
        assert client.get(path).status_code == 302, path
