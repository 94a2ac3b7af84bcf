"""The pool of connections is exhausted, the console's own or PgBouncer's: case 24."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import OperationalError, connections, transaction
from django.http import HttpResponse
from django.test import Client

from users.models import User
from ygs_admin.db.replication.health import PrimaryHealth
from ygs_admin.db.replication.observer import observer
from ygs_admin.db.tests.nodes import alias_of
from ygs_admin.db.tests.pooled import behind
from ygs_admin.staff.models import Staff
from ygs_admin.testing.pgbouncer import PgBouncer

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
MOST, WAITING, SECONDS = 2, 2, 1.0
LOOKS, PATIENCE = 3, 20.0
POOL = {"min_size": 1, "max_size": MOST, "timeout": SECONDS, "max_waiting": WAITING}


@pytest.fixture
def cookies(manager: Staff, make_member: Callable[..., User]) -> dict[str, str]:
    make_member(name="김철수")
    client = Client()
    client.force_login(manager)
    return {name: cookie.value for name, cookie in client.cookies.items()}


@contextmanager
def own_pool() -> Iterator[None]:
    options = settings.DATABASES["default"]["OPTIONS"] | {"pool": POOL}
    with alias_of("default", CONN_MAX_AGE=0, OPTIONS=options):
        yield
        connections["default"].close()
        assert connections["default"].pool.get_stats()["pool_size"] <= MOST
        connections["default"].close_pool()


@contextmanager
def pool_of(pgbouncer: PgBouncer) -> Iterator[None]:
    limits = {"default_pool_size": str(MOST), "query_wait_timeout": str(int(SECONDS))}
    pgbouncer.configure(pgbouncer=limits)
    pgbouncer.ask("RELOAD")
    with behind(pgbouncer):
        yield


@pytest.fixture(params=["own", "pgbouncer"])
def pool(request: pytest.FixtureRequest, cookies: dict[str, str]) -> Iterator[None]:
    with own_pool() if request.param == "own" else pool_of(request.getfixturevalue("pgbouncer")):
        yield


@contextmanager
def exhausted() -> Iterator[None]:
    """Hold all connections inside the block, as pages do that take long."""
    taken, let_go = threading.Barrier(MOST + 1), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
            taken.wait()
            let_go.wait()
        connections.close_all()

    holders = [threading.Thread(target=hold) for _ in range(MOST)]
    for holder in holders:
        holder.start()
    taken.wait()
    try:
        yield
    finally:
        let_go.set()
        for holder in holders:
            holder.join()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def members(cookies: dict[str, str]) -> HttpResponse:
    """Open the list in a thread of its own, as a web server does."""

    def ask() -> HttpResponse:
        client = Client(raise_request_exception=False)
        client.cookies.load(cookies)
        try:
            return client.get("/users/")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as one:
        return one.submit(ask).result()


@pytest.mark.usefixtures("pool")
def test_who_gets_no_connection_is_told_so_soon_and_to_come_again(cookies: dict[str, str]) -> None:
    begun = time.monotonic()
    with exhausted():
        page = members(cookies)
    assert (page.status_code, page["Retry-After"]) == (503, "5")
    assert "</html>" in page.text
    assert time.monotonic() - begun < SECONDS * 5


@pytest.mark.usefixtures("pool")
def test_a_crowd_does_not_pile_up_behind_it(cookies: dict[str, str]) -> None:
    begun = time.monotonic()
    with exhausted(), ThreadPoolExecutor(20) as crowd:
        pages = list(crowd.map(members, [cookies] * 20))
    assert {page.status_code for page in pages} == {503}
    assert time.monotonic() - begun < SECONDS * 8


@pytest.mark.usefixtures("pool")
def test_it_recovers_by_itself(cookies: dict[str, str]) -> None:
    with exhausted():
        assert members(cookies).status_code == 503
    assert [members(cookies).status_code for _ in range(5)] == [200] * 5


@pytest.mark.usefixtures("pool")
def test_a_crowd_is_not_taken_for_a_primary_that_is_gone(cookies: dict[str, str]) -> None:
    members(cookies)
    looks: list[PrimaryHealth] = []
    note, observer.note_primary = observer.note_primary, looks.append  # type: ignore[method-assign]
    try:
        with exhausted():
            assert members(cookies).status_code == 503
            with pytest.raises(OperationalError), transaction.atomic():
                User.objects.update(name="바뀐이름")
            until(lambda: len(looks) >= LOOKS)
    finally:
        observer.note_primary = note  # type: ignore[method-assign]
    assert all(look.position for look in looks)
