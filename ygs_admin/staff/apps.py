from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "ygs_admin.staff"
    label = "staff"
    verbose_name = _("Staff")

    def ready(self) -> None:
        post_migrate.connect(_sync_roles_last, dispatch_uid="staff.sync_roles")


def _sync_roles_last(sender: AppConfig, plan: Any = None, **kwargs: Any) -> None:
    """Wait for the last app: the permissions of each are made by its own `post_migrate`."""
    from .roles import sync_roles  # noqa: PLC0415 - models are not loaded when this module is

    if sender is list(apps.get_app_configs())[-1] and kwargs.get("using") == "default":
        sync_roles()
