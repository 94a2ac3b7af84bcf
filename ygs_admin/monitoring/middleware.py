"""Counts and times requests."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .metrics import LATENCY, REQUESTS

NO_VIEW = "none"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class MetricsMiddleware:
    """Around the routing of reads, so that a request which is run twice counts once. Addresses are counted by view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = match.view_name if match else NO_VIEW
        LATENCY.labels(view).observe(time.perf_counter() - begun)
        REQUESTS.labels(view, request.method if request.method in METHODS else "OTHER", response.status_code).inc()
        return response
