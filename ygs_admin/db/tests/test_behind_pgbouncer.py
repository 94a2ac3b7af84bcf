"""Staff at work behind PgBouncer in transaction mode, with four connections to each node."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from users.models import User
from ygs_admin.db.replication.observer import observer
from ygs_admin.demo.cluster import APPLICATION, Cluster
from ygs_admin.staff.models import Staff
from ygs_admin.testing.personas import PASSWORD, current_code, set_up_authenticator
from ygs_admin.testing.pgbouncer import POOL_SIZE, PgBouncer
from ygs_admin.testing.replication import tokens_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
CROWD, PAGES, EDITED = 12, 60, 10
PATIENCE = 60
SERVED_BY = "X-Database-Alias"


@pytest.fixture
def members(make_member: Callable[..., User]) -> list[User]:
    return [make_member(name=f"김회원{number}") for number in range(PAGES // EDITED)]


@pytest.fixture
def console(members: list[User], cluster: Cluster, pooled: PgBouncer, until_replica, settings) -> Iterator[None]:
    settings.EXPOSE_DATABASE_ALIAS = True
    cluster.wait_until_caught_up()
    until_replica()
    yield
    connections.close_all()


@pytest.fixture
def signed_in(console: None, manager: Staff) -> Client:
    """A browser that came in through the forms, password and code."""
    client = Client(raise_request_exception=False)
    set_up_authenticator(manager)
    client.post(reverse("staff:login"), {"username": manager.email, "password": PASSWORD})
    assert client.post(reverse("staff:verify"), {"code": current_code()}).status_code == 302
    return client


def ask(client: Client, page: str, *args: str) -> Any:
    response = client.get(reverse(page, args=args))
    assert response.status_code == 200, page
    return response


def form_of(client: Client, member: User) -> dict[str, Any]:
    """Return what the form of a member's own section would send."""
    form = ask(client, "users:edit_member", member.pk).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def save(client: Client, member: User, form: dict[str, Any]) -> Any:
    """Send a form, and return the page that follows."""
    return client.post(reverse("users:edit_member", args=[member.pk]), form, follow=True)


def test_who_signs_in_reads_lists_and_members_from_the_replica(signed_in: Client, members: list[User]) -> None:
    listed = ask(signed_in, "users:list")
    assert all(member.name in listed.text for member in members)
    shown = ask(signed_in, "users:detail", members[0].pk)
    assert members[0].name in shown.text
    assert (listed[SERVED_BY], shown[SERVED_BY]) == ("replica", "replica")


def test_an_edit_is_seen_at_once_while_the_standby_stands_still(
    signed_in: Client, members: list[User], manager: Staff, cluster: Cluster
) -> None:
    other = Client()
    other.force_login(manager)
    with cluster.replay_paused():
        followed = save(signed_in, members[0], form_of(signed_in, members[0]) | {"name": "바뀐이름"})
        assert (followed.status_code, "바뀐이름" in followed.text) == (200, True)
        assert tokens_of(signed_in)
        assert "바뀐이름" in ask(signed_in, "users:list").text
        stale = ask(other, "users:list")
        assert (stale[SERVED_BY], "바뀐이름" in stale.text) == ("replica", False)
    cluster.wait_until_caught_up()
    again = ask(signed_in, "users:list")
    assert (again[SERVED_BY], "바뀐이름" in again.text) == ("replica", True)


@pytest.fixture
def patient(pooled: PgBouncer, settings) -> None:
    """A crowd of threads in the tests' one process waits for itself, which says nothing of a node or a pooler."""
    pooled.configure(pgbouncer={"query_wait_timeout": str(PATIENCE)})
    pooled.ask("RELOAD")
    for alias in ("default", "replica"):
        settings.DATABASES[alias]["OPTIONS"]["connect_timeout"] = PATIENCE
    settings.REPLICA_CHECK_TIMEOUT = PATIENCE


@pytest.mark.usefixtures("patient")
def test_more_people_than_connections_are_all_served_their_own_pages(
    signed_in: Client, members: list[User], cluster: Cluster
) -> None:
    cookies = {name: cookie.value for name, cookie in signed_in.cookies.items()}
    # Django's client notes the contexts of all threads.
    forms = [form_of(signed_in, member) for member in members]

    def work(number: int) -> bool:
        """Open a page; each tenth edits a member whom nobody else does."""
        client, member = Client(raise_request_exception=False), members[number // EDITED]
        client.cookies.load(cookies)
        try:
            if number % EDITED == 0:
                return f"이름{number}" in save(client, member, forms[number // EDITED] | {"name": f"이름{number}"}).text
            return member.phone[-4:] in ask(client, "users:detail", member.pk).text
        finally:
            connections.close_all()

    with ThreadPoolExecutor(CROWD) as crowd:
        assert list(crowd.map(work, range(PAGES))) == [True] * PAGES
    names = [f"이름{number}" for number in range(0, PAGES, EDITED)]
    assert list(User.objects.order_by("pk").values_list("name", flat=True)) == names
    for node in (cluster.primary, cluster.standby):
        used = "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND backend_type = 'client backend'"
        # Two more of the database by which it is looked at.
        assert 0 < node.ask(used, APPLICATION) <= POOL_SIZE + 2
    assert observer.primary.position is not None


@pytest.mark.usefixtures("console")
def test_machines_are_told_how_the_nodes_behind_it_are(client: Client) -> None:
    told = client.get("/readyz").json()
    assert (told["status"], told["primary"]["ok"]) == ("ok", True)
    assert (told["replicas"]["replica"]["receiving"], told["replicas"]["replica"]["problem"]) == (True, "")
