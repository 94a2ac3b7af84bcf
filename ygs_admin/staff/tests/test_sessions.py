"""Sessions: listed, ended one or all, and at once when the account changes."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ygs_admin.staff.models import Staff, StaffSession
from ygs_admin.testing.personas import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_home(kim):
    """Kim's other browser."""
    client = Client()
    client.force_login(kim)
    return client


def is_in(client):
    return client.get("/").status_code == 200


def test_a_session_says_whose_it_is_and_where_from(client, kim, post_sign_in):
    post_sign_in(
        kim.email, headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0"}, REMOTE_ADDR="203.0.113.9"
    )
    row = StaffSession.objects.get(staff=kim)
    assert (row.ip_address, row.user_agent) == ("203.0.113.9", "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0")
    began = row.created_at
    client.get(reverse("staff:verify"), REMOTE_ADDR="198.51.100.1")
    row.refresh_from_db()
    assert (row.created_at, row.ip_address) == (began, "203.0.113.9")


def test_my_account_lists_mine_without_keys(client, kim, at_home, reviewer):
    Client().force_login(reviewer)
    client.force_login(kim)
    page = client.get(reverse("staff:me"))
    assert [entry["is_current"] for entry in page.context["sessions"]].count(True) == 1
    assert len(page.context["sessions"]) == 2
    assert not [key for key in StaffSession.objects.values_list("pk", flat=True) if key in page.text]


def test_one_is_ended_and_its_next_click_leads_to_the_sign_in(client, kim, at_home):
    client.force_login(kim)
    other = kim.sessions.exclude(pk=client.session.session_key).get()
    assert client.post(reverse("staff:end_my_session", args=[other.id])).status_code == 302
    assert at_home.get("/").url.startswith(reverse("staff:login"))
    assert is_in(client)


def test_the_others_are_ended_together(client, kim, at_home):
    client.force_login(kim)
    client.post(reverse("staff:end_my_other_sessions"))
    assert is_in(client)
    assert not is_in(at_home)


def test_another_persons_and_unknown_ones_are_not_found(client, reviewer, kim, at_home):
    client.force_login(reviewer)
    for session_id in (kim.sessions.get().id, "ses_01M862E5M53YAK3Q3EK4NQ81MK"):
        assert client.post(reverse("staff:end_my_session", args=[session_id])).status_code == 404
    assert client.post("/staff/me/sessions/nonsense/end/").status_code == 404
    assert client.get(reverse("staff:end_my_other_sessions")).status_code == 405
    assert is_in(at_home)


@pytest.mark.parametrize(
    "change",
    [
        lambda kim, by: kim.deactivate(by=by),
        lambda kim, by: kim.assign(["auditor"], by=by),
        lambda kim, by: kim.reset_second_factor(by=by),
        lambda kim, by: kim.set_temporary_password(by=by),
    ],
)
def test_a_change_of_the_account_ends_them_at_once(kim, at_home, superuser, change):
    assert is_in(at_home)
    change(kim, superuser)
    assert not is_in(at_home)


def test_changing_the_password_keeps_only_the_session_that_did_it(client, kim, at_home):
    client.force_login(kim)
    new = "another fine horse"
    client.post(
        reverse("staff:password_change"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert is_in(client)
    assert not is_in(at_home)


def test_a_change_in_the_admin_ends_them_too(client, superuser, kim, at_home):
    client.force_login(superuser)
    sent = {"name": kim.name, "email": kim.email, "is_active": "on", "groups": []}
    client.post(reverse("admin:staff_staff_change", args=[kim.pk]), sent)
    assert is_in(client)
    assert not is_in(at_home)


def test_clearsessions_removes_those_that_ran_out(kim, at_home):
    StaffSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    call_command("clearsessions")
    assert not StaffSession.objects.exists()


def test_signing_out_ends_it(client, kim):
    client.force_login(kim)
    client.post(reverse("staff:logout"))
    assert not StaffSession.objects.filter(staff=kim).exists()


def test_what_is_kept_follows_the_account(kim, at_home):
    assert Staff.objects.get(sessions__isnull=False) == kim
