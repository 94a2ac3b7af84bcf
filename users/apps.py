from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    name = "users"
    verbose_name = _("Members")

    def ready(self) -> None:
        from . import signing_in  # noqa: F401, PLC0415 - models are not loaded when this module is
