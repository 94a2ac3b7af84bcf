"""The boundary to S3, on a real server that verifies signatures, and on servers that fail."""

import logging
import re
import time
import urllib.error
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.storage import storages

from ygs_admin import storage
from ygs_admin.db.ids import new_id
from ygs_admin.storage import StorageError
from ygs_admin.testing.failing_store import STATES

HTTP_FORBIDDEN = 403
CONTENT = b"<script>alert(1)</script>"
EVERYTHING = (
    lambda key: storage.put(key, b"x", content_type="image/jpeg"),
    lambda key: storage.read(key, max_bytes=10),
    storage.exists,
    storage.delete,
    lambda key: storage.copy(key, f"{key}-copy"),
)


@pytest.fixture
def key():
    key = f"tests/{new_id('tst')}.jpg"
    storage.put(key, CONTENT, content_type="text/html")
    yield key
    storage.delete(key)


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the store of the tests
        return answer.read(), answer.headers


def is_served(url):
    try:
        get(url)
    except urllib.error.HTTPError as refused:
        return refused.code != HTTP_FORBIDDEN
    return True


def test_what_is_put_is_read(key):
    assert storage.read(key, max_bytes=100) == CONTENT
    assert storage.exists(key)


def test_what_is_not_there_is_ordinary(key):
    assert storage.read(f"{key}-no", max_bytes=100) is None
    assert not storage.exists(f"{key}-no")
    storage.delete(f"{key}-no")


def test_a_copy_of_nothing_is_an_error(key):
    with pytest.raises(StorageError):
        storage.copy(f"{key}-no", f"{key}-copy")


def test_a_copy_is_the_same(key):
    storage.copy(key, f"{key}-copy")
    assert storage.read(f"{key}-copy", max_bytes=100) == CONTENT
    storage.delete(f"{key}-copy")


def test_nothing_is_read_of_what_is_larger_than_expected(key):
    with pytest.raises(StorageError):
        storage.read(key, max_bytes=len(CONTENT) - 1)


def test_an_object_is_served_as_what_we_say_it_is(key):
    content, headers = get(storage.presign(key, content_type="image/jpeg"))
    assert (content, headers["Content-Type"], headers["Content-Disposition"]) == (CONTENT, "image/jpeg", "inline")


def test_a_download_has_the_name_that_we_give_it(key):
    url = storage.presign(key, content_type="application/pdf", filename="등본.pdf", as_attachment=True)
    _content, headers = get(url)
    assert headers["Content-Disposition"].startswith("attachment")
    assert "%EB%93%B1%EB%B3%B8.pdf" in headers["Content-Disposition"]


def test_a_url_lives_a_minute(key):
    asked = parse_qs(urlsplit(storage.presign(key)).query)
    assert asked["X-Amz-Expires"] == ["60"]


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (r"X-Amz-Signature=\w{8}", "X-Amz-Signature=00000000"),
        (r"tests/", "other/"),
        (r"image%2Fjpeg", "text%2Fhtml"),
        (r"disposition=inline", "disposition=attachment"),
        (r"X-Amz-Expires=60", "X-Amz-Expires=6000"),
        (r"X-Amz-Date=\d{4}", "X-Amz-Date=2030"),
        (r"&X-Amz-Signature=\w+", ""),
    ],
)
def test_a_url_that_was_changed_is_refused(key, pattern, replacement):
    url, count = re.subn(pattern, replacement, storage.presign(key))
    assert count
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(url)
    assert refused.value.code in {400, 403}


def test_a_url_that_is_over_is_refused(key, settings):
    settings.S3_URL_SECONDS = 1
    url = storage.presign(key)
    assert get(url)[0] == CONTENT
    give_up_at = time.monotonic() + 30
    while is_served(url) and time.monotonic() < give_up_at:
        time.sleep(0.1)
    assert not is_served(url)


@pytest.mark.parametrize("ask", EVERYTHING)
@pytest.mark.parametrize("state", STATES)
def test_whatever_is_wrong_with_it_is_one_exception(request, state, ask):
    request.getfixturevalue(state)
    with pytest.raises(StorageError):
        ask("tests/x")


def test_no_address_with_a_signature_is_logged(key, caplog, settings):
    with caplog.at_level(logging.DEBUG, logger="ygs_admin"):
        url = storage.presign(key)
        storage.read(key, max_bytes=100)
    assert "X-Amz-Signature" in url
    assert "Signature" not in caplog.text
    assert not storages["default"].querystring_auth or url not in caplog.text
