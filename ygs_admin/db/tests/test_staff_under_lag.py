"""Who may do what is never asked of the replica: whatever changes it is effective at once, case 12."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from ygs_admin.demo.cluster import Cluster
from ygs_admin.staff.models import Staff
from ygs_admin.testing.personas import PASSWORD, current_code, set_up_authenticator
from ygs_admin.testing.replication import tokens_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture(autouse=True)
def lag(paused_replay: Cluster) -> None:
    """Everything below happens after the standby has stopped."""


def sign_in(client: Client, staff: Staff) -> int:
    set_up_authenticator(staff)
    client.post(reverse("staff:login"), {"username": staff.email, "password": PASSWORD})
    return client.post(reverse("staff:verify"), {"code": current_code()}).status_code


def opens_members(client: Client) -> int:
    return client.get(reverse("users:list")).status_code


@pytest.fixture
def client(reviewer: Staff) -> Client:
    """A reviewer at work."""
    client = Client()
    client.force_login(reviewer)
    assert opens_members(client) == 200
    return client


def test_an_account_made_just_now_signs_in_and_works(reviewer: Staff) -> None:
    client = Client()
    assert sign_in(client, reviewer) == 302
    assert opens_members(client) == 200


def test_signing_out_is_effective_at_once(client: Client) -> None:
    session = client.cookies["session"].value
    client.post(reverse("staff:logout"))
    client.cookies["session"] = session
    assert opens_members(client) == 302


def test_a_session_that_is_ended_from_another_browser_is_out_at_once(client: Client, reviewer: Staff) -> None:
    elsewhere = Client()
    elsewhere.force_login(reviewer)
    ended = reviewer.sessions.get(pk=client.session.session_key)
    assert elsewhere.post(reverse("staff:end_my_session", args=[ended.id])).status_code == 302
    assert opens_members(client) == 302
    assert opens_members(elsewhere) == 200


def test_a_revoked_permission_is_gone_at_once(client: Client, reviewer: Staff) -> None:
    reviewer.groups.remove(Group.objects.get(name="reviewer"))
    assert opens_members(client) == 403


def test_a_granted_permission_is_there_at_once(outsider: Staff) -> None:
    client = Client()
    client.force_login(outsider)
    assert opens_members(client) == 403
    outsider.groups.add(Group.objects.get(name="reviewer"))
    assert opens_members(client) == 200


def test_a_deactivated_account_is_out_at_once(client: Client, reviewer: Staff) -> None:
    Staff.objects.filter(pk=reviewer.pk).update(is_active=False)
    assert opens_members(client) == 302


def test_a_changed_password_ends_the_other_sessions_at_once(client: Client, reviewer: Staff) -> None:
    reviewer.set_password("another horse battery")
    reviewer.save()
    assert opens_members(client) == 302


def test_signing_in_alone_leaves_the_browser_on_the_replica(reviewer: Staff) -> None:
    client = Client()
    sign_in(client, reviewer)
    assert not tokens_of(client)
