"""Which tables belong to the backend, and who may change their schema."""

from django.apps import apps
from django.conf import settings
from django.db import models


def is_shared(model: type[models.Model]) -> bool:
    """Tell whether the backend owns the model's table."""
    return bool(getattr(model, "is_shared_table", False))


def shared_models() -> list[type[models.Model]]:
    """Return the models of all tables that the backend owns."""
    return [model for model in apps.get_models() if is_shared(model)]


def console_may_migrate(app_label: str, model_name: str | None, *, console_owned: bool = False) -> bool:
    """Tell whether a migration's operation may run: never on a shared table where the backend owns the schema.

    Asks the model of today, since the historical models of migrations know nothing of ownership. An operation that
    names no model (raw SQL) must carry the hint `console_owned` in an app that has shared tables.
    """
    if settings.SCHEMA_OWNER == "console" or console_owned:
        return True
    if model_name is None:
        return not any(is_shared(model) for model in apps.get_app_config(app_label).get_models())
    return not is_shared(apps.get_model(app_label, model_name))
