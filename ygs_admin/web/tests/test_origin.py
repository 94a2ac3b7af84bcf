"""Where a request comes from, behind proxies and without."""

import pytest
from django.test import RequestFactory

from ygs_admin.web.origin import client_address


def asked(forwarded=None, peer="10.0.0.1"):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)


@pytest.mark.parametrize("forwarded", [None, "203.0.113.9", "1.1.1.1, 203.0.113.9"])
def test_without_proxies_the_header_is_ignored(forwarded):
    assert client_address(asked(forwarded)) == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "2001:DB8::0:1", "2001:db8::1"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_behind_proxies_it_is_the_nth_from_the_right(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(asked(forwarded)) == address


@pytest.mark.parametrize("peer", ["", "nonsense"])
def test_a_server_that_does_not_know_says_nothing(peer):
    assert client_address(asked(peer=peer)) is None
