"""The allow-list of networks."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from ygs_admin.staff.networks import parse_networks

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings):
    settings.ALLOWED_NETWORKS = parse_networks(["203.0.113.0/24", " 2001:db8::/32 ", "198.51.100.7"])


@pytest.mark.parametrize("address", ["203.0.113.200", "2001:db8::5", "198.51.100.7", "::ffff:203.0.113.1"])
@pytest.mark.parametrize("path", ["/staff/sign-in/", "/"])
def test_the_office_gets_in(client, office, address, path):
    assert client.get(path, REMOTE_ADDR=address).status_code in {200, 302}


@pytest.mark.parametrize("address", ["203.0.114.1", "2001:db9::5", "198.51.100.8", "", "nonsense"])
@pytest.mark.parametrize("path", ["/", "/staff/sign-in/", "/static/css/base.css", "/nowhere/", "/admin/"])
def test_everybody_else_gets_a_bare_403(client, office, address, path):
    answer = client.get(path, REMOTE_ADDR=address)
    assert (answer.status_code, answer.content) == (403, b"403 Forbidden\n")
    assert not answer.cookies


def test_a_forwarded_address_counts_behind_a_proxy_only(client, office, settings):
    headers = {"X-Forwarded-For": "203.0.113.1"}
    assert client.get("/", headers=headers, REMOTE_ADDR="10.0.0.1").status_code == 403
    settings.TRUSTED_PROXIES = 1
    assert client.get("/", headers=headers, REMOTE_ADDR="10.0.0.1").status_code == 302


def test_without_a_list_everybody_gets_in(client):
    assert client.get("/staff/sign-in/", REMOTE_ADDR="").status_code == 200


@pytest.mark.parametrize("text", ["nonsense", "10.0.0.1/8", "10.0.0.0/33", "1.2.3"])
def test_a_malformed_list_fails_at_start(text):
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_NETWORKS"):
        parse_networks([text])
