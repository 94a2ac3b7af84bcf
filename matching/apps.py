from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        from users import sections  # noqa: PLC0415 - models are not loaded when this module is

        from .sections import CONSULTATIONS, INTRODUCTIONS  # noqa: PLC0415

        sections.register(INTRODUCTIONS)
        sections.register(CONSULTATIONS)
