"""The token that keeps a browser on the primary after it has written."""

from http.cookies import Morsel
from typing import Any

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import RequestFactory

from ygs_admin.db.causality import COOKIE, SALT, must_read_primary, remember_write


def written_cookie() -> "Morsel[str]":
    response = HttpResponse()
    remember_write(response)
    return response.cookies[COOKIE]


def is_kept(token: str) -> bool:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = token
    return must_read_primary(request)


def test_a_browser_without_a_token_may_read_the_replica() -> None:
    assert not must_read_primary(RequestFactory().get("/"))


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_ends_by_itself(settings: Any) -> None:
    settings.PRIMARY_AFTER_WRITE_SECONDS = 7
    cookie = written_cookie()
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (7, True, "Lax")


@pytest.mark.parametrize("is_secure", [True, False])
def test_the_cookie_is_as_secure_as_the_session(settings: Any, is_secure: bool) -> None:
    settings.SESSION_COOKIE_SECURE = is_secure
    assert bool(written_cookie()["secure"]) is is_secure


@pytest.mark.parametrize(("seconds", "kept"), [(0, True), (4, True), (6, False), (86400, False)])
def test_a_token_holds_for_a_fixed_time_even_when_the_browser_keeps_it(
    monkeypatch: pytest.MonkeyPatch, settings: Any, seconds: int, kept: bool
) -> None:
    settings.PRIMARY_AFTER_WRITE_SECONDS = 5
    token = written_cookie().value
    then = signing.time.time()  # type: ignore[attr-defined]
    monkeypatch.setattr("django.core.signing.time.time", lambda: then + seconds)
    assert is_kept(token) is kept


def test_a_token_signed_for_another_purpose_or_with_another_key_is_ignored(settings: Any) -> None:
    assert is_kept(signing.dumps("", salt=SALT))
    assert not is_kept(signing.dumps("", salt="another purpose"))
    assert not is_kept(signing.dumps("", salt=SALT, key="another key"))
