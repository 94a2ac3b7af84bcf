"""Signing in and out, on the access record."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from users.masking import mask_email
from users.models import Action, ReviewClaim, UserAccessAudit
from ygs_admin.staff.models import Staff


@receiver(user_logged_in, dispatch_uid="users.signed_in")
def _signed_in(sender: Any, user: Staff, **_: Any) -> None:
    UserAccessAudit.record(Action.LOGIN, by=user)


@receiver(user_logged_out, dispatch_uid="users.signed_out")
def _signed_out(sender: Any, user: Staff | None, **_: Any) -> None:
    if user is not None:
        UserAccessAudit.record(Action.LOGOUT, by=user)
        # Whoever leaves lets go of what they had in hand; whoever just goes away does when the lease lapses.
        ReviewClaim.objects.filter(staff=user).delete()


@receiver(user_login_failed, dispatch_uid="users.sign_in_failed")
def _sign_in_failed(sender: Any, credentials: dict[str, Any], **_: Any) -> None:
    """Record the address that was tried, masked: people type passwords into the wrong field."""
    UserAccessAudit.record(Action.LOGIN_FAILED, by=None, detail={"email": mask_email(credentials.get("username"))})
