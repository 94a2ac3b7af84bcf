"""The console answers only to the networks that `ALLOWED_NETWORKS` lists, where it lists any."""

import ipaddress
from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

from ygs_admin.web.origin import client_address

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def parse_networks(texts: Iterable[str]) -> list[Network]:
    """Return the networks of a list such as `10.0.0.0/8, 2001:db8::/32`.

    Raises:
        ImproperlyConfigured: one of them is none; host bits behind the prefix are taken for a slip too.
    """
    try:
        return [ipaddress.ip_network(text.strip()) for text in texts if text.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(f"ALLOWED_NETWORKS: {error}.") from error


class NetworksMiddleware:
    """Stands before everything else, static files included: elsewhere the console says nothing but 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_allowed(client_address(request), settings.ALLOWED_NETWORKS):
            return self.get_response(request)
        return HttpResponse("403 Forbidden\n", status=403, content_type="text/plain")


def _is_allowed(address: str | None, networks: list[Network]) -> bool:
    if not networks:
        return True
    return address is not None and any(ipaddress.ip_address(address) in network for network in networks)
