"""Registering a passkey and signing in with it: django-otp-webauthn's ceremonies, with our rules around them."""

from typing import Any

from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_otp_webauthn import exceptions, views

from ygs_admin.staff.lockout import is_locked_out
from ygs_admin.staff.models import RecoveryCodes
from ygs_admin.staff.passkeys import NAME_LENGTH
from ygs_admin.staff.second_factor import before_second_factor, is_recently_confirmed, let_in, safe_next


class NotConfirmedError(exceptions.OTPWebAuthnApiError):
    status_code = 403
    default_code = "not_confirmed"


class LockedOutError(exceptions.OTPWebAuthnApiError):
    status_code = 429
    default_code = "locked_out"


class _Parsing:
    """What is no JSON object is the sender's mistake, in whatever way it is none."""

    def _parse_request_data(self, request: Any) -> Any:
        try:
            parsed = super()._parse_request_data(request)  # type: ignore[misc]
        except (ValueError, RecursionError) as error:
            raise exceptions.MalformedRequest from error
        if not isinstance(parsed, dict):
            raise exceptions.MalformedRequest
        return parsed


class _Registration(_Parsing):
    """The library refuses whoever has a device and has not passed it; here it must also have been a moment ago."""

    request: Any

    def check_can_register(self) -> None:
        if self.request.user.is_verified() and not is_recently_confirmed(self.request):
            raise NotConfirmedError


class BeginRegistration(_Registration, views.BeginCredentialRegistrationView):
    pass


class CompleteRegistration(_Registration, views.CompleteCredentialRegistrationView):
    def post(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            super().post(*args, **kwargs)
            device = self.request.user.webauthncredential_set.latest("pk")
            device.name = str(self.request.data.get("name") or _("Passkey"))[:NAME_LENGTH]
            device.save(update_fields=["name"])
            self.request.user.tell(self.request.user, {"second_factor": [None, device.name]})
        if not is_recently_confirmed(self.request):
            let_in(self.request, device)
        has_codes = RecoveryCodes.objects.filter(user=self.request.user).exists()
        after = reverse("staff:me" if has_codes else "staff:recovery_codes")
        return views.JsonResponse({"redirect_url": after})


class BeginSignIn(_Parsing, views.BeginCredentialAuthenticationView):
    pass


class CompleteSignIn(_Parsing, views.CompleteCredentialAuthenticationView):
    """Signs in, passes the second factor after a password, or confirms: as far as the session has come."""

    def handle_exception(self, exc: Any) -> Any:
        if isinstance(exc, exceptions.OTPWebAuthnApiError) and not isinstance(exc, LockedOutError):
            user = self.get_user()
            credentials = {"username": user.email if user else "", "factor": "passkey"}
            user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
        return super().handle_exception(exc)

    def complete_auth(self, device: Any) -> Any:
        if is_locked_out(self.request, device.user.email):
            raise LockedOutError
        if not self.request.user.is_authenticated:
            login(self.request, authenticate(self.request, webauthn_credential=device, username=device.user.email))
        let_in(self.request, device)
        return device.user

    def get_success_url(self) -> str:
        return safe_next(self.request)


register_begin = before_second_factor(BeginRegistration.as_view())
register_complete = before_second_factor(CompleteRegistration.as_view())
sign_in_begin = login_not_required(BeginSignIn.as_view())
sign_in_complete = login_not_required(CompleteSignIn.as_view())
