"""Opens a request's choice of where to read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import causality
from .routing import reading_from_replica, using_primary

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class RoutingMiddleware:
    """Reads on the replica for safe methods of browsers that have not just written; else on the primary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        may_lag = request.method in SAFE_METHODS and not causality.must_read_primary(request)
        with reading_from_replica() if may_lag else using_primary() as reads:
            response = self.get_response(request)
        if reads.must_be_read_back:
            causality.remember_write(response)
        return response
