"""Light, dark, or what the system says: chosen by a form, kept in a cookie, so that it works without JavaScript."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from .returning import returning_to

COOKIE = settings.THEME_COOKIE_NAME
THEMES = ("system", "light", "dark")
A_YEAR = 365 * 24 * 60 * 60


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else THEMES[0]


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    theme = request.POST.get("theme", "")
    response = HttpResponseRedirect(returning_to(request, request.POST.get("next", ""), otherwise="/"))
    if theme in THEMES:
        response.set_cookie(
            COOKIE, theme, max_age=A_YEAR, secure=settings.SECURE_COOKIES, samesite="Lax", httponly=True
        )
    return response
