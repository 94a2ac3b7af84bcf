"""The session store of the settings (`SESSION_ENGINE`): Django's over the database, with our own rows."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from ygs_admin.db.routing import is_read_only
from ygs_admin.web.origin import current_origin


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from .models import StaffSession  # noqa: PLC0415 - models are not loaded when the middleware is

        return StaffSession

    def save(self, must_create: bool = False) -> None:
        """Write the session; while the primary does not answer it stays as it is, and whoever is signed in goes on."""
        if not is_read_only():
            super().save(must_create)

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        origin = current_origin()
        row: Any = super().create_model_instance(data)
        row.staff_id = data.get(SESSION_KEY)
        row.ip_address, row.user_agent = origin.ip_address, origin.user_agent or ""
        return row
