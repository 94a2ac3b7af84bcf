"""Where requests read while the standby stands still: cases 1 to 10 and 17 under real lag."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from users.models import User, UserAccessAudit
from users.tests.views.test_editing import posted_form
from ygs_admin.db.replication.position import Position, position_of
from ygs_admin.db.replication.tokens import Tokens, send_token
from ygs_admin.db.routing import current_reads
from ygs_admin.demo.cluster import Cluster
from ygs_admin.staff.models import Staff
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
@pytest.mark.parametrize(
    "foreign", [lambda at: replace(at, timeline=at.timeline + 1), lambda at: replace(at, system="7391", lsn=1)]
)
def test_a_token_of_another_timeline_or_system_leads_to_the_primary_until_it_runs_out(
    member: User, standby_caught_up: Callable[[], None], settings: Any, foreign: Callable[[Position], Position]
) -> None:
    """Nobody can tell whether a replica has what was written there."""
    standby_caught_up()
    client, response = Client(), HttpResponse()
    send_token(response, foreign(position_of(connections["default"])), Tokens())
    client.cookies.update(response.cookies)
    assert shown(client, member, "where") == "default"
    settings.CAUSALITY_SECONDS = -1
    assert shown(client, member, "where") == "replica"


@on_pages
@pytest.mark.parametrize("page", ["undone", "undone_in_savepoint"])
def test_a_write_that_is_rolled_back_issues_no_token(member: User, paused_replay: Cluster, page: str) -> None:
    client = Client()
    assert shown(client, member, page) == "default"
    assert not tokens_of(client)


@on_pages
def test_a_token_is_right_though_commits_are_flushed_later(
    member: User, standby_caught_up: Callable[[], None], until_replica: Callable[..., Any]
) -> None:
    """A replica that has replayed all that was flushed when it was issued does not have the write yet."""
    client, served = Client(), set()
    standby_caught_up()
    until_replica()
    with connections["default"].cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        for number in range(20):
            rename(client, member, f"이름{number}")
            assert shown(client, member) == f"이름{number}"
            time.sleep(number / 50)
            served.add(shown(client, member, "where"))
    finally:
        connections["default"].close()
    assert "replica" in served


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


def test_a_form_that_is_out_of_date_is_refused_whichever_node_showed_the_page(
    superuser: Staff, member: User, paused_replay: Cluster
) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(superuser)
        assert browser.get(reverse("users:detail", args=[member.pk])).status_code == 200
    url = reverse("users:edit_member", args=[member.pk])
    forms = [posted_form(browser, url, name=f"이름{number}") for number, browser in enumerate(browsers)]
    assert [browser.post(url, form).status_code for browser, form in zip(browsers, forms, strict=True)] == [302, 409]
    assert User.objects.get(pk=member.pk).name == "이름0"
