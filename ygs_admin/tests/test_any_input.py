"""Whatever is typed into any form or any address, the answer is a page and never a stack trace."""

import random
from urllib.parse import urlencode

import pytest
from django.db import connections, transaction
from django.http import QueryDict
from django.test import Client

from ygs_admin.tests.forms import Form, forms_of
from ygs_admin.tests.routes import address, asking, every_route
from ygs_admin.tests.test_every_url import signed_in

pytestmark = pytest.mark.django_db

SEED = 20261124
ROUNDS = 1
SERVER_ERROR = 500
NASTY = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud7ff\ue000\U0010ffff",
    "e\u0301\u200b\u202e",
    "%",
    "_",
    "\\",
    "'\"; DROP TABLE users; --",
    "{{7*7}}{% now %}",
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "-1",
    "0",
    "1e999",
    "NaN",
    "٣",
    "9" * 30,
    "2147483648",
    "9223372036854775808",
    "김ㅊ",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30T25:61",
    "[]",
    '{"a": [1]}',
    "null",
    "on",
    "//evil.example/",
    "javascript:alert(1)",
    "../../etc/passwd",
    "usr_01M862E5M53YAK3Q3EK4NQ81MK",
    "usr_01M862E5M53YAK3Q3EK4NQ81MK\n",
    "가" * 5000,
)


@pytest.fixture
def dice() -> random.Random:
    return random.Random(SEED)  # noqa: S311 - the same inputs in every run


@pytest.fixture
def client(superuser) -> Client:
    client = signed_in(superuser)
    client.raise_request_exception = True
    return client


@pytest.fixture
def addresses(samples) -> list[str]:
    return sorted({address(route, samples) for route in every_route()})


def ask(client: Client, method: str, url: str, sent: str = ""):
    """Ask, and leave everything as it was; a statement that failed in the database fails here."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.generic(method, url, sent, content_type="application/x-www-form-urlencoded")
        broken = connections["default"].needs_rollback
        transaction.set_rollback(True)
    client.cookies = cookies
    assert not broken, f"{method} {url} {sent[:300]}"
    assert answer.status_code < SERVER_ERROR, f"{method} {url} {sent[:300]}"
    return answer


def parameters_read(client: Client, url: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the names that the view behind an address asks the query string for."""
    names: set[str] = set()

    def note(original):
        def method(self, key, *args):
            if isinstance(key, str):
                names.add(key)
            return original(self, key, *args)

        return method

    with monkeypatch.context() as patch:
        for method in ("__getitem__", "get", "getlist", "__contains__"):
            patch.setattr(QueryDict, method, note(getattr(QueryDict, method)))
        ask(client, "GET", url)
    return names


def test_every_query_parameter_takes_anything(client, addresses, dice, monkeypatch):
    for url in addresses:
        names = [*sorted(parameters_read(client, url, monkeypatch)), "unknown"]
        for _ in range(ROUNDS):
            asked = [(name, value) for name in names for value in dice.sample(NASTY, dice.choice((1, 1, 2)))]
            ask(client, "GET", asking(url, urlencode(asked)))
        for name in names:
            ask(client, "GET", asking(url, urlencode({name: dice.choice(NASTY)})))


def spoilt(form: Form, dice: random.Random, share: float) -> str:
    fields = [(name, dice.choice(NASTY) if dice.random() < share else value) for name, value in form.fields]
    if fields and dice.random() < share / 2:
        fields.pop(dice.randrange(len(fields)))
    return urlencode([pair for pair in fields if pair[0] != "csrfmiddlewaretoken"])


def test_every_form_takes_anything(client, addresses, dice):
    seen: set[tuple[str, str]] = set()
    for url in addresses:
        page = ask(client, "GET", url)
        if "html" not in page.get("Content-Type", "") or page.streaming:
            continue
        for form in forms_of(page.text, url):
            kind = (form.action.split("?")[0], ",".join(sorted({name for name, _ in form.fields})))
            if kind in seen or not form.action.startswith(("/", url)):
                continue
            seen.add(kind)
            for share in (0.3, 1.0):
                sent = spoilt(form, dice, share)
                if form.method == "post":
                    ask(client, "POST", form.action, sent)
                else:
                    ask(client, "GET", f"{form.action.split('?')[0]}?{sent}")
    assert len(seen) > len(addresses) / 3


def test_every_address_takes_any_method(client, addresses):
    for url in addresses:
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"):
            ask(client, method, url)
