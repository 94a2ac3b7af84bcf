"""Database URLs, with several hosts where a primary may move from one to another.

libpq tries the hosts in their order and keeps the first that suits `target_session_attrs` (PostgreSQL's documentation,
"Database Connection Control Functions", "Specifying Multiple Hosts"): the console elects no primary.
"""

import re
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"postgres", "postgresql"}
PORT = "5432"
WRITABLE = "read-write"


def parse_database_url(url: str, variable: str) -> dict[str, Any]:
    """Return Django's settings of a URL `postgres://user:password@host:port,host:port/name?option=value`.

    With several hosts and nothing else said the writable one is meant. No message shows the URL: it holds a password.

    Raises:
        ImproperlyConfigured: it is none, naming the variable.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if parts.scheme not in SCHEMES or not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{variable} must be a URL such as postgres://user:password@host:5432/name.")
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    hosts = [_host(each, variable) for each in parts.netloc.rpartition("@")[2].split(",")]
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if len(hosts) > 1:
        options.setdefault("target_session_attrs", WRITABLE)
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(user),
        "PASSWORD": unquote(password),
        "HOST": ",".join(host for host, _port in hosts),
        "PORT": ",".join(port for _host, port in hosts),
        "OPTIONS": options,
    }


def split_urls(text: str) -> list[str]:
    """Return the URLs of a list, apart by commas or white space; a comma between two hosts of one URL is part of it."""
    return [url for url in re.split(r"[\s,]+(?=postgres(?:ql)?://)", text.strip()) if url]


def _host(text: str, variable: str) -> tuple[str, str]:
    """Split `host:port`, `host`, or `[address]:port`."""
    host, colon, port = text.rpartition(":") if not text.endswith("]") else (text, "", "")
    host, port = (host, port) if colon else (text, PORT)
    if not host or not port.isdecimal() or int(port) > 2**16 - 1:
        raise ImproperlyConfigured(f"{variable}: a host is missing, or a port is no number up to 65535.")
    return host.strip("[]"), port
