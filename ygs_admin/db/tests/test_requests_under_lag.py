"""Where requests read while the standby stands still: cases 1 to 10 and 12 of real lag."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connections
from django.test import Client
from django.urls import reverse

from users.models import User, UserAccessAudit
from ygs_admin.db.routing import current_reads
from ygs_admin.demo.cluster import Cluster
from ygs_admin.staff.models import Staff
from ygs_admin.testing.personas import PASSWORD, current_code, set_up_authenticator
from ygs_admin.testing.replication import tokens_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
TABS = 4
on_pages = pytest.mark.urls("ygs_admin.db.tests.pages")


@pytest.fixture
def member(make_member: Callable[..., User]) -> User:
    return make_member(name="김철수")


def shown(client: Client, member: User, page: str = "show") -> str:
    response = client.get(reverse(page, args=[member.pk]))
    assert response.status_code == 200
    return response.content.decode()


def rename(client: Client, member: User, name: str) -> None:
    assert client.post(reverse("rename", args=[member.pk]), {"name": name}).status_code == 302


@on_pages
def test_after_a_post_the_same_browser_sees_the_write(member: User, paused_replay: Cluster) -> None:
    client = Client()
    response = client.post(reverse("rename", args=[member.pk]), {"name": "김영희"}, follow=True)
    assert response.content.decode() == "김영희"


@on_pages
def test_another_browser_reads_the_replica_meanwhile(member: User, paused_replay: Cluster) -> None:
    writer, reader = Client(), Client()
    rename(writer, member, "김영희")
    assert shown(reader, member) == "김철수"
    assert shown(writer, member) == "김영희"


@on_pages
def test_replay_goes_on_and_the_browser_returns_to_the_replica(member: User, cluster: Cluster) -> None:
    client = Client()
    with cluster.replay_paused():
        rename(client, member, "김영희")
        assert shown(client, member, "where") == "default"
    cluster.wait_until_caught_up()
    assert shown(client, member, "where") == "replica"


@on_pages
def test_the_browser_returns_to_the_replica_once_its_token_has_run_out(
    member: User, paused_replay: Cluster, settings: Any
) -> None:
    client = Client()
    rename(client, member, "김영희")
    settings.CAUSALITY_SECONDS = -1
    assert shown(client, member) == "김철수"


@on_pages
@pytest.mark.parametrize("token", ["", "x", "eyJ:forged:signature", '"":1x:abc', "\x00"])
def test_a_forged_token_is_ignored(member: User, paused_replay: Cluster, token: str) -> None:
    client = Client()
    rename(client, member, "김영희")
    (name,) = tokens_of(client)
    client.cookies[name] = token
    assert shown(client, member) == "김철수"


@on_pages
def test_a_truncated_token_is_ignored(member: User, paused_replay: Cluster) -> None:
    client = Client()
    rename(client, member, "김영희")
    ((name, token),) = tokens_of(client).items()
    client.cookies[name] = token[:-1]
    assert shown(client, member) == "김철수"


@on_pages
def test_a_write_that_is_rolled_back_issues_no_token(member: User, paused_replay: Cluster) -> None:
    client = Client()
    assert shown(client, member, "undone") == "default"
    assert not tokens_of(client)


@on_pages
@pytest.mark.parametrize("page", ["by_hand", "on_commit", "in_savepoint"])
def test_a_write_by_whatever_path_issues_one(member: User, paused_replay: Cluster, page: str) -> None:
    client = Client()
    shown(client, member, page)
    assert len(tokens_of(client)) == 1
    assert shown(client, member) == "바뀐이름"


@on_pages
def test_a_page_that_only_writes_its_audit_row_leaves_the_next_one_on_the_replica(
    member: User, paused_replay: Cluster
) -> None:
    client = Client()
    assert shown(client, member, "record") == "replica default"
    assert not tokens_of(client)
    assert shown(client, member, "record") == "replica default"
    assert UserAccessAudit.objects.filter(user_id=member.pk).count() == 2


@on_pages
def test_a_write_in_an_inner_block_moves_the_rest_of_the_request(member: User, paused_replay: Cluster) -> None:
    client = Client()
    assert shown(client, member, "link") == "바뀐이름"
    assert tokens_of(client)


@on_pages
def test_a_transaction_reads_the_primary(member: User, paused_replay: Cluster) -> None:
    User.objects.filter(pk=member.pk).update(name="김영희")
    assert shown(Client(), member, "transaction") == "김영희"
    assert shown(Client(), member) == "김철수"


@on_pages
def test_a_write_survives_the_failure_of_its_page_and_is_read_back(member: User, paused_replay: Cluster) -> None:
    client = Client(raise_request_exception=False)
    assert client.get(reverse("fail", args=[member.pk])).status_code == 500
    assert shown(client, member) == "바뀐이름"


@on_pages
def test_nothing_is_left_of_a_request_that_failed(member: User, paused_replay: Cluster) -> None:
    Client(raise_request_exception=False).get(reverse("fail", args=[member.pk]))
    assert shown(Client(), member) == "김철수"
    assert User.objects.get(pk=member.pk).name == "바뀐이름"


@on_pages
def test_a_request_leaves_no_decision_to_what_its_thread_does_next(member: User, paused_replay: Cluster) -> None:
    client = Client(raise_request_exception=False)
    for page in ("where", "link", "fail", "undone"):
        client.get(reverse(page, args=[member.pk]))
        assert current_reads() is None
    assert User.objects.get(pk=member.pk)._state.db == "default"


@on_pages
def test_requests_of_one_browser_at_the_same_moment_never_lose_the_latest_write(
    make_member: Callable[..., User], cluster: Cluster
) -> None:
    """Its tabs share the cookies; answers arrive, and are taken, in any order."""
    members = [make_member(name="김철수") for _tab in range(TABS)]
    cluster.wait_until_caught_up()
    shared: dict[str, str] = {}
    with cluster.replay_paused():
        for number in range(5):
            with ThreadPoolExecutor(TABS) as tabs:
                list(tabs.map(partial(save_in_tab, shared, f"이름{number}"), range(TABS), members))
            browser = Client()
            browser.cookies.load(shared)
            assert {shown(browser, member) for member in members} == {f"이름{number}"}


def save_in_tab(shared: dict[str, str], name: str, tab: int, member: User) -> None:
    client = Client()
    client.cookies.load(dict(shared))
    try:
        rename(client, member, name)
    finally:
        connections.close_all()
    time.sleep((TABS - tab) / 50)
    for key, cookie in client.cookies.items():
        if cookie["max-age"] == 0:
            shared.pop(key, None)
        else:
            shared[key] = cookie.value


class TestStaffUnderLag:
    """Who may do what is never asked of the replica."""

    @pytest.fixture(autouse=True)
    def lag(self, paused_replay: Cluster) -> None:
        """Everything below happens after the standby has stopped."""

    def sign_in(self, client: Client, staff: Staff) -> int:
        set_up_authenticator(staff)
        client.post(reverse("staff:login"), {"username": staff.email, "password": PASSWORD})
        return client.post(reverse("staff:verify"), {"code": current_code()}).status_code

    def opens_members(self, client: Client) -> int:
        return client.get(reverse("users:list")).status_code

    def test_an_account_made_just_now_signs_in_and_works(self, reviewer: Staff) -> None:
        client = Client()
        assert self.sign_in(client, reviewer) == 302
        assert self.opens_members(client) == 200

    def test_signing_out_is_effective_at_once(self, reviewer: Staff) -> None:
        client = Client()
        self.sign_in(client, reviewer)
        session = client.cookies["session"].value
        client.post(reverse("staff:logout"))
        client.cookies["session"] = session
        assert self.opens_members(client) == 302

    def test_a_revoked_permission_is_gone_at_once(self, reviewer: Staff) -> None:
        client = Client()
        self.sign_in(client, reviewer)
        reviewer.groups.remove(Group.objects.get(name="reviewer"))
        assert self.opens_members(client) == 403

    def test_a_granted_permission_is_there_at_once(self, outsider: Staff) -> None:
        client = Client()
        self.sign_in(client, outsider)
        assert self.opens_members(client) == 403
        outsider.groups.add(Group.objects.get(name="reviewer"))
        assert self.opens_members(client) == 200

    def test_a_deactivated_account_is_out_at_once(self, reviewer: Staff) -> None:
        client = Client()
        self.sign_in(client, reviewer)
        Staff.objects.filter(pk=reviewer.pk).update(is_active=False)
        assert self.opens_members(client) == 302

    def test_a_changed_password_ends_the_other_sessions_at_once(self, reviewer: Staff) -> None:
        client = Client()
        self.sign_in(client, reviewer)
        reviewer.set_password("another horse battery")
        reviewer.save()
        assert self.opens_members(client) == 302

    def test_signing_in_alone_leaves_the_browser_on_the_replica(self, reviewer: Staff) -> None:
        client = Client()
        self.sign_in(client, reviewer)
        assert not tokens_of(client)
