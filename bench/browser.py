"""A browser as far as the console needs one: cookies, pages, and the forms on them."""

import time
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from ygs_admin.demo.ports import LOCALHOST

SECONDS = 60.0
NO_ANSWER = 0
READ_ONLY = 'class="outage"'
"""On the page where nothing can be written, and it says that it may be old."""


@dataclass(frozen=True)
class Page:
    """What came of a request; `status` is 0 where nothing came, `alias` the database that served the reads."""

    status: int
    text: str = ""
    location: str = ""
    alias: str = ""
    seconds: float = 0.0

    @property
    def is_failed(self) -> bool:
        return self.status == NO_ANSWER or self.status >= 500

    @property
    def is_read_only(self) -> bool:
        return READ_ONLY in self.text

    @cached_property
    def form(self) -> dict[str, str]:
        """Return the fields of the page's form for editing in place, as the page shows them."""
        reader = _FormReader()
        reader.feed(self.text)
        return reader.fields


class Browser:
    """Somebody who is signed in: `cookies` by name."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookies = port, dict(cookies)

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Page:
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None = None) -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.monotonic()
        connection = HTTPConnection(LOCALHOST, self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException):
            return Page(NO_ANSWER, seconds=time.monotonic() - begun)
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self._take(line)
        location, alias = answer.headers.get("Location", ""), answer.headers.get("X-Database-Alias", "")
        return Page(answer.status, text, location, alias, time.monotonic() - begun)

    def _take(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


class _FormReader(HTMLParser):
    """Reads the fields of `form[data-in-place]`."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._is_inside = False
        self._filling = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        name = has.get("name") or ""
        match tag:
            case "form":
                self._is_inside = "data-in-place" in has
            case "input" if self._is_inside and name and (has.get("type") != "checkbox" or "checked" in has):
                self.fields[name] = has.get("value") or ""
            case "textarea" | "select" if self._is_inside:
                self._filling, self.fields[name] = name, ""
            case "option" if self._filling and "selected" in has:
                self.fields[self._filling] = has.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self._filling and self.lasttag == "textarea":
            self.fields[self._filling] += data

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "form":
                self._is_inside = False
            case "textarea" | "select":
                self._filling = ""
