"""The console on a port of its own, for browsers, and people who have signed in to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from ygs_admin.testing.personas import PASSWORD, current_code, set_up_authenticator

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ygs_admin.staff.models import Authenticator, Staff


@dataclass
class LiveConsole:
    """`settle()` waits until the standby has what the test wrote: pages read from it."""

    url: str
    settle: Callable[[], None]

    def at(self, name: str, *args: str) -> str:
        """Return the address of a page by its URL name."""
        from django.urls import reverse  # noqa: PLC0415 - loads Django's settings

        return f"{self.url}{reverse(name, args=args)}"


@pytest.fixture(scope="session")
def console_address() -> Iterator[str]:
    """A server for the whole run; it serves static files as in production, by the names of the manifest."""
    from pytest_django.live_server_helper import LiveServer  # noqa: PLC0415 - loads Django's settings

    server = LiveServer("127.0.0.1", start=False)
    server.thread.static_handler = _as_it_is  # type: ignore[assignment]
    server.start()
    yield server.url
    server.stop()


def _as_it_is(application: Any) -> Any:
    return application


@pytest.fixture
def console(transactional_db: None, console_address: str, standby_caught_up: Callable[[], None]) -> LiveConsole:
    return LiveConsole(console_address, standby_caught_up)


def spend_no_code(app: "Authenticator") -> None:
    """Let a code be used again: a person who signs in twice would have to wait for the next one."""
    app.last_step = -1
    app.save(update_fields=["last_step"])


@pytest.fixture
def sign_in(console: LiveConsole, open_page: "Callable[..., Page]") -> "Callable[..., Page]":
    """Return a function that opens a page and signs a person in through the forms, password and code."""

    def sign_in(person: "Staff", **options: Any) -> "Page":
        page = open_page(**options)
        set_up_authenticator(person)
        page.goto(console.at("staff:login"))
        page.fill("input[name=username]", person.email)
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{console.at('staff:verify')}**")
        spend_no_code(set_up_authenticator(person))
        page.fill("input[name=code]", current_code())
        page.keyboard.press("Enter")
        page.wait_for_url(console.at("today"))
        return page

    return sign_in
