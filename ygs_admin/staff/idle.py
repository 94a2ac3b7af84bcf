"""Signs out whoever has done nothing for a while."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

SESSION_KEY = "active_at"
# The session is written at most this often, not on every request.
PRECISION_SECONDS = 60
# Sent by a page that asks again by itself: nobody need be sitting before it.
UNATTENDED = "X-Unattended"


class IdleTimeoutMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._watch(request)
        return self.get_response(request)

    def _watch(self, request: HttpRequest) -> None:
        now = int(time.time())
        idle = now - request.session.get(SESSION_KEY, now)
        if idle > settings.IDLE_TIMEOUT_SECONDS:
            logout(request)
        elif UNATTENDED not in request.headers and (idle >= PRECISION_SECONDS or SESSION_KEY not in request.session):
            request.session[SESSION_KEY] = now
