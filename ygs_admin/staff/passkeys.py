"""Passkeys: which domain they are for, and what is asked of them. The ceremonies are django-otp-webauthn's."""

from typing import Any

from django.conf import settings
from django.http.request import split_domain_port
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from webauthn.helpers.structs import UserVerificationRequirement

from .models import Staff

NAME_LENGTH = 60


class Helper(WebAuthnHelper):
    """Asks for the person's finger, face or PIN always, so that a passkey alone is two factors.

    Without `PASSKEY_DOMAIN` and `PASSKEY_ORIGINS` passkeys are for the host of the request, which `ALLOWED_HOSTS` has
    let pass; browsers take domains and `localhost`, never an address such as 127.0.0.1.
    """

    def get_relying_party_domain(self) -> str:
        return settings.PASSKEY_DOMAIN or split_domain_port(self.request.get_host())[0]

    def get_relying_party_name(self) -> str:
        return "YGS Admin"

    def get_allowed_origins(self) -> list[str]:
        return settings.PASSKEY_ORIGINS or [f"{self.request.scheme}://{self.request.get_host()}"]

    def get_generate_registration_options_kwargs(self, *, user: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_generate_registration_options_kwargs(user=user)
        options["authenticator_selection"].user_verification = UserVerificationRequirement.REQUIRED
        return options

    def authenticate_begin(self, user: Any = None, require_user_verification: bool = True) -> Any:
        return super().authenticate_begin(user=user, require_user_verification=True)


def passkeys_of(staff: Staff) -> Any:
    return WebAuthnCredential.objects.filter(user=staff, confirmed=True).order_by("created_at")


def has_passkey(staff: Staff) -> bool:
    return bool(passkeys_of(staff).exists())
