"""The cookies that carry how far a browser's writes are."""

import pytest
from django.conf import settings as configured
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory

from ygs_admin.db.replication.position import Position
from ygs_admin.db.replication.tokens import MOST, SALT, Tokens, read_tokens, send_token

NAME = configured.CAUSALITY_COOKIE_NAME


def at(lsn, timeline=1, system="7391"):
    return Position(system, timeline, lsn)


class Browser:
    """Takes cookies in whatever order they arrive, and sends them all."""

    def __init__(self):
        self.cookies = {}

    def tokens(self):
        request = RequestFactory().get("/")
        request.COOKIES |= self.cookies
        return read_tokens(request)

    def take(self, response):
        for name, morsel in response.cookies.items():
            self.cookies[name] = morsel.value
            if morsel["max-age"] == 0:
                del self.cookies[name]

    def written(self, position):
        response = HttpResponse()
        send_token(response, position, self.tokens())
        return response


@pytest.fixture
def browser():
    return Browser()


def test_a_browser_without_a_token_has_to_see_nothing(browser):
    assert browser.tokens() == Tokens()


def test_a_write_is_carried(browser):
    browser.take(browser.written(at(10)))
    assert browser.tokens().positions == (at(10),)


def test_a_later_write_takes_the_earlier_ones_place(browser):
    browser.take(browser.written(at(10)))
    browser.take(browser.written(at(20)))
    assert browser.tokens().positions == (at(20),)
    assert len(browser.cookies) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_whatever_the_order_of_the_answers_no_token_moves_backwards(browser, order):
    answers = [browser.written(at(lsn)) for lsn in (10, 20, 30)]
    for index in order:
        browser.take(answers[index])
    assert browser.tokens().positions == (at(30),)


def test_an_answer_takes_away_only_what_its_request_carried(browser):
    browser.take(browser.written(at(10)))
    slow = browser.written(at(20))
    browser.take(browser.written(at(30)))
    browser.take(slow)
    assert browser.tokens().positions == (at(30),)
    browser.take(browser.written(at(40)))
    assert len(browser.cookies) == 1


def test_of_very_many_at_the_same_moment_the_latest_counts(browser):
    answers = [browser.written(at(lsn)) for lsn in range(5 * MOST)]
    for answer in reversed(answers):
        browser.take(answer)
    assert browser.tokens().positions == (at(5 * MOST - 1),)
    browser.take(browser.written(at(1000)))
    assert len(browser.cookies) == 1


def test_every_history_has_to_be_seen(browser):
    answers = [browser.written(at(50, timeline=1)), browser.written(at(20, timeline=2))]
    for answer in answers:
        browser.take(answer)
    assert set(browser.tokens().positions) == {at(50, timeline=1), at(20, timeline=2)}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_ends_by_itself(browser, settings):
    settings.CAUSALITY_SECONDS = 7
    (cookie,) = browser.written(at(10)).cookies.values()
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (7, True, "Lax")


@pytest.mark.parametrize("is_secure", [True, False])
def test_the_cookie_is_as_secure_as_the_session(browser, settings, is_secure):
    settings.SESSION_COOKIE_SECURE = is_secure
    (cookie,) = browser.written(at(10)).cookies.values()
    assert bool(cookie["secure"]) is is_secure


@pytest.mark.parametrize(("seconds", "counts"), [(0, True), (59, True), (61, False), (86400, False)])
def test_a_token_counts_for_a_fixed_time_even_when_the_browser_keeps_it(browser, monkeypatch, seconds, counts):
    browser.take(browser.written(at(10)))
    then = signing.time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: then + seconds)
    assert bool(browser.tokens().positions) is counts


@pytest.mark.parametrize(
    "forge",
    [
        lambda: "",
        lambda: "x",
        lambda: "\x00",
        lambda: "eyJ:forged:signature",
        lambda: signing.dumps(str(at(10)), salt="another purpose"),
        lambda: signing.dumps(str(at(10)), salt=SALT, key="another key"),
        lambda: signing.dumps("no position", salt=SALT),
        lambda: signing.dumps({"a": [1]}, salt=SALT),
        lambda: signing.dumps(str(at(10)), salt=SALT)[:-1],
    ],
)
def test_what_is_forged_or_cut_off_counts_for_nothing(browser, forge):
    browser.cookies[f"{NAME}-1"] = forge()
    assert browser.tokens().positions == ()
    browser.take(browser.written(at(10)))
    assert browser.tokens().positions == (at(10),)


def test_a_pile_of_them_is_not_read(browser, monkeypatch):
    read = []
    monkeypatch.setattr(signing, "loads", lambda token, **_: read.append(token) or str(at(1)))
    browser.cookies = {f"{NAME}-{number}": "x" for number in range(200)}
    browser.tokens()
    assert len(read) == MOST
