"""What the tests of routing ask of the observer and of a browser's tokens."""

import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client

from ygs_admin.db.aliases import REPLICA
from ygs_admin.db.replication import choosing
from ygs_admin.db.replication.health import ReplicaHealth
from ygs_admin.db.replication.observer import observer

SECONDS = 15.0


def tokens_of(client: Client) -> dict[str, str]:
    """Return the browser's cookies that say what it has written."""
    prefix = f"{settings.CAUSALITY_COOKIE_NAME}-"
    return {name: cookie.value for name, cookie in client.cookies.items() if name.startswith(prefix) and cookie.value}


@pytest.fixture
def until_replica() -> Callable[..., ReplicaHealth]:
    """Wait until the observer has seen what the test has done to a replica."""

    def wait(*, is_usable: bool = True, alias: str = REPLICA) -> ReplicaHealth:
        deadline = time.monotonic() + SECONDS
        while (health := observer.health()[alias]).is_usable is not is_usable:
            assert time.monotonic() < deadline, health
            time.sleep(0.02)
        return health

    return wait


@pytest.fixture(autouse=True)
def fresh_breakers() -> Iterator[None]:
    """What one test has done to a node is no burden of the next."""
    yield
    choosing._breakers.clear()
