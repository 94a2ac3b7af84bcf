"""S3 as it is on a bad day: away, silent, or refusing us."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

Redirect = Callable[..., None]
UNANSWERED_SECONDS = 0.2
STATES = ("store_down", "store_silent", "store_refusing")


@pytest.fixture
def redirected(settings: Any) -> Redirect:
    """Return a function that sends the boundary to another address or with other keys."""

    def redirect(**options: Any) -> None:
        changed = {name: dict(alias) for name, alias in settings.STORAGES.items()}
        changed["default"] = {**changed["default"], "OPTIONS": {**changed["default"]["OPTIONS"], **options}}
        settings.STORAGES = changed

    return redirect


@pytest.fixture
def store_down(redirected: Redirect) -> Iterator[None]:
    """Nobody listens where S3 should be."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        redirected(endpoint_url=f"http://127.0.0.1:{unused.getsockname()[1]}")
        yield


@pytest.fixture
def store_silent(redirected: Redirect, settings: Any) -> Iterator[None]:
    """Somebody takes the connection and never says a word; we wait shorter than in production."""
    config = settings.STORAGES["default"]["OPTIONS"]["client_config"]
    quick = config.merge(type(config)(read_timeout=UNANSWERED_SECONDS, connect_timeout=UNANSWERED_SECONDS))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        redirected(endpoint_url=f"http://127.0.0.1:{silent.getsockname()[1]}", client_config=quick)
        yield


@pytest.fixture
def store_refusing(redirected: Redirect) -> None:
    """S3 knows neither our key nor our secret."""
    redirected(secret_key="wrong", access_key="wrong")
