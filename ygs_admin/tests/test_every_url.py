"""Who may do what: every URL, by every role, by strangers and by those without a second factor.

`permissions.txt` is the table: what GET and POST answer. A URL without an entry, an entry without a URL and a status
that is another one all fail.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from ygs_admin.testing.personas import sign_in_without_second_factor
from ygs_admin.tests.routes import Route, address, every_route

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("permissions.txt")
ROLES = ("reviewer", "matchmaker", "consultant", "auditor", "manager", "superuser", "outsider")
PEOPLE = (*ROLES, "unverified", "anonymous")


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def half_signed_in(person) -> Client:
    client = Client()
    sign_in_without_second_factor(client, person)
    return client


@pytest.fixture
def people(request) -> dict[str, Client]:
    clients = {role: signed_in(request.getfixturevalue(role)) for role in ROLES}
    return clients | {"unverified": half_signed_in(request.getfixturevalue("manager")), "anonymous": Client()}


def status(client: Client, method: str, url: str) -> int:
    """Ask, and leave everything as it was."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, url)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code


def line(name: str, cells: list[str]) -> str:
    return f"{name:<42}" + "".join(f"{cell:>11}" for cell in cells)


def row(route: Route, people: dict[str, Client], samples: dict[str, object]) -> str:
    url = address(route, samples)
    cells = [f"{status(people[name], 'GET', url)}/{status(people[name], 'POST', url)}" for name in PEOPLE]
    return line(route.name, cells)


def test_the_table_of_permissions_is_what_the_console_does(people, samples):
    found = [line("", list(PEOPLE)), *(row(route, people, samples) for route in every_route())]
    assert found == TABLE.read_text().splitlines()
