"""Sessions with what a person needs to recognise them: whose, from where, by which browser, since when."""

from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.ids import PrefixedULIDField

# What a later request changes; the rest says how the session began.
CHANGING = ("session_data", "expire_date", "staff", "last_active_at")


class SessionQuerySet(models.QuerySet["StaffSession"]):
    def live(self) -> "SessionQuerySet":
        return self.filter(expire_date__gt=timezone.now()).order_by("-last_active_at")

    def end(self, *, but: str | None = None) -> int:
        """End the sessions at once, except the one with the key `but`; returns how many."""
        ended, _of_each = self.exclude(session_key=but).delete()
        return ended


class StaffSession(AbstractBaseSession):
    """`id` is what pages and forms name: the session key lets in whoever has it, and stays in the cookie."""

    id = PrefixedULIDField(_("ID"), prefix="ses", unique=True)
    staff = models.ForeignKey(
        "staff.Staff", on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name=_("staff member")
    )
    ip_address = models.GenericIPAddressField(_("address"), null=True)
    user_agent = models.TextField(_("browser"), default="")
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    last_active_at = models.DateTimeField(_("last active"), default=timezone.now)

    objects: ClassVar[Any] = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta:
        db_table = "console_sessions"
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("force_update"):
            kwargs["update_fields"] = CHANGING
        super().save(*args, **kwargs)

    @classmethod
    def get_session_store_class(cls) -> Any:
        from ygs_admin.staff.sessions import SessionStore  # noqa: PLC0415 - which imports this module

        return SessionStore
