"""Pages for machines. None asks for a session, and none shows anything of a person."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from .metrics import exposition
from .readiness import report


@require_safe
@login_not_required
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; it asks nobody."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say what the process can reach; 503 where it can serve nobody."""
    state = report()
    return JsonResponse(state, status=503 if state["status"] == "down" else 200)


@require_safe
@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer to whoever has `METRICS_TOKEN`; elsewhere, or without one, there is no such page."""
    if not settings.METRICS_TOKEN or not _is_scraper(request):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


def _is_scraper(request: HttpRequest) -> bool:
    return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
