"""Locking out whoever guesses: django-axes counts failures by account and address; here is what is ours of that.

Five failures of one account from one address, twenty from one address, or thirty of one account from anywhere lock for
a quarter of an hour after the last that counted. An account need not exist to be locked, so that the answer tells
nothing.
"""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Staff

LIMITS = {("username", "ip_address"): 5, ("ip_address",): 20, ("username",): 30}
TOO_MANY_REQUESTS = 429
SALT = "ygs_admin.staff.lockout"


class Handler(AxesDatabaseHandler):
    """Knows a limit for each group of what is counted, where the library has one for all."""

    def get_failures(self, request: Any, credentials: Any = None) -> int:
        """Return 1 when a limit is reached, else 0: the settings say that one is enough."""
        client = {"username": account_of(request, credentials), "ip_address": request.axes_ip_address}
        return int(any(_count(client, group) >= limit for group, limit in LIMITS.items()))


def _count(client: dict[str, Any], group: tuple[str, ...]) -> int:
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
    counted = recent.filter(**{name: client[name] for name in group}).aggregate(count=Sum("failures_since_start"))
    return int(counted["count"] or 0)


def account_of(request: Any, credentials: Any) -> str:
    """Return the name under which failures are counted: not what was typed, since people type passwords there too."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return account_key(str(typed))


def account_key(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower()).hexdigest()


def is_locked_out(request: HttpRequest, email: str) -> bool:
    return not AxesProxyHandler.is_allowed(request, {"username": email})


def locked_response(request: HttpRequest, _original: HttpResponse, _credentials: Any) -> HttpResponse:
    """Answer whoever is locked out, in the same words whether or not the account exists."""
    return render(request, "staff/locked.html", status=TOO_MANY_REQUESTS)


def forget_failures(staff: Staff) -> int:
    """Lift the lock of an account, whatever address it is from; returns how many counts there were."""
    return int(AxesProxyHandler.reset_attempts(username=account_key(staff.email)))


def forget_failures_from(address: str) -> int:
    return int(AxesProxyHandler.reset_attempts(ip_address=address))


def locked_accounts() -> set[str]:
    """Return the keys of the accounts that are locked, from one address or from everywhere."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
    found: set[str] = set()
    for group in (("username", "ip_address"), ("username",)):
        counts = recent.values(*group).annotate(count=Sum("failures_since_start"))
        found |= {row["username"] for row in counts.filter(count__gte=LIMITS[group])}
    return found


def locked_addresses() -> list[str]:
    """Return the addresses from which nobody can sign in for the time being."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
    counts = recent.values("ip_address").annotate(count=Sum("failures_since_start"))
    return sorted(row["ip_address"] for row in counts.filter(count__gte=LIMITS["ip_address",]) if row["ip_address"])
