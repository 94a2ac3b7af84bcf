"""Fixtures of the tests that walk the whole console."""

import pytest

from ygs_admin.tests.routes import address, every_route
from ygs_admin.tests.samples import member, samples

__all__ = ["member", "readable", "samples"]


@pytest.fixture
def readable(samples, client) -> list[str]:
    """The addresses of the pages that the test's client reads while all is well."""
    answers = {url: client.get(url) for url in (address(route, samples) for route in every_route())}
    return [url for url, page in answers.items() if page.status_code == 200 and "html" in page["Content-Type"]]
