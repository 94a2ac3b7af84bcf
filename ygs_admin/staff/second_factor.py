"""The second factor: no page but those on the way to it is shown before it has been passed."""

import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect
from django_otp import DEVICE_ID_SESSION_KEY, user_has_device
from django_otp import login as remember_device
from django_otp.models import Device

from ygs_admin.web.returning import returning_to

from .lockout import forget_failures
from .models import Authenticator, RecoveryCodes, Staff

CONFIRMED_AT = "confirmed_at"
SIX_DIGITS = re.compile(r"[0-9]{6}")

View = Callable[..., HttpResponse]


def before_second_factor(view: View) -> View:
    """Show the view to whoever has given a password and no second factor yet: it leads there."""
    view.is_before_second_factor = True  # type: ignore[attr-defined]
    return view


def before_new_password(view: View) -> View:
    """Show the view also to whoever has to change a temporary password first."""
    view.is_before_new_password = True  # type: ignore[attr-defined]
    return view


class SecondFactorMiddleware:
    """Leads whoever has not passed it to the second factor, and then a temporary password to its change."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if getattr(view, "is_before_second_factor", False):
            return None
        if not request.user.is_verified():
            return lead_to(request, "staff:verify" if user_has_device(request.user) else "staff:set_up")
        if request.user.must_change_password and not getattr(view, "is_before_new_password", False):
            return lead_to(request, "staff:password_change")
        return None


def lead_to(request: Any, url_name: str) -> HttpResponse:
    """Redirect to a page that comes back here afterwards; a swap is left for the whole page."""
    url = f"{reverse(url_name)}?{urlencode({'next': _here(request)})}"
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def lead_to_confirmation(request: Any, *, back_to: str = "") -> HttpResponse:
    """Redirect to the page that asks once more who it is; in the dialog it is asked there, then what was asked for.

    It leads back to what was asked for, or to `back_to`.
    """
    return HttpResponseRedirect(f"{reverse('staff:confirm')}?{urlencode({'next': back_to or request.get_full_path()})}")


def _here(request: Any) -> str:
    if request.htmx:
        return request.htmx.current_url_abs_path or reverse("today")
    return str(request.get_full_path()) if request.method in {"GET", "HEAD"} else str(request.path)


def safe_next(request: HttpRequest, default: str = "today") -> str:
    """Return where the person wanted to go, else `default`, a URL's name."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return returning_to(request, wanted, otherwise=reverse(default))


@transaction.atomic
def match_code(staff: Staff, typed: str) -> Device | None:
    """Return the device that takes the code, which is then spent: six digits of an app, or a recovery code."""
    code = "".join(typed.split())
    model = Authenticator if SIX_DIGITS.fullmatch(code) else RecoveryCodes
    devices = model.objects.select_for_update().filter(user=staff, confirmed=True)
    matching = next((device for device in devices if device.verify_token(code)), None)
    if matching is not None:
        # A right code of one app is a wrong one for the others, which would have to wait for that.
        devices.exclude(pk=matching.pk).update(throttling_failure_count=0, throttling_failure_timestamp=None)
    return matching


def let_in(request: Any, device: Device) -> None:
    """Note that the second factor has been passed, under a new session key: one that leaked before is worth nothing."""
    request.session.cycle_key()
    remember_device(request, device)
    confirm(request)
    forget_failures(request.user)


def refuse(request: Any, factor: str) -> None:
    """Count a wrong code or password of somebody who has signed in, and put it on the record."""
    user_login_failed.send(
        sender=__name__, credentials={"username": request.user.email, "factor": factor}, request=request
    )


def confirm(request: HttpRequest) -> None:
    request.session[CONFIRMED_AT] = int(time.time())


def is_recently_confirmed(request: HttpRequest) -> bool:
    """Tell whether password or second factor were given in this session within `CONFIRM_SECONDS`."""
    confirmed_at = request.session.get(CONFIRMED_AT)
    return confirmed_at is not None and time.time() - confirmed_at <= settings.CONFIRM_SECONDS


def verified_session(device: Device) -> dict[str, Any]:
    """Return what a session holds that has passed the second factor with this device just now."""
    return {DEVICE_ID_SESSION_KEY: device.persistent_id, CONFIRMED_AT: int(time.time())}
