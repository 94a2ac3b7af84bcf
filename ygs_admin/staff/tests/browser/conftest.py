"""Fixtures of the browser tests: signing in by hand, as far as one likes."""

from typing import Any

import pytest

from ygs_admin.testing.personas import PASSWORD

__all__ = ["give_password"]


@pytest.fixture
def give_password(console: Any, open_page: Any) -> Any:
    """Return a function that opens a page and sends a person's password."""

    def give(person: Any, page: Any = None) -> Any:
        page = page or open_page()
        page.goto(console.at("staff:login"))
        page.fill("input[name=username]", person.email)
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        return page

    return give
