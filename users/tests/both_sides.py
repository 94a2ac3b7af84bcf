"""One row seen from both sides: the backend's object and the console's instance."""

from typing import Any

from django.apps import apps
from django.db import models
from sqlmodel import SQLModel

from users.tests.backend import matching_models, queries, rows, user_models
from users.tests.backend.sessions import Backend


def written_user(backend: Backend, **values: Any) -> user_models.User:
    return backend.write(queries.create, rows.new_user(**values))


def written_with_rows(backend: Backend, make: Any) -> list[Any]:
    """Have the backend write a user, and a row of each table that hangs on it."""
    user = written_user(backend)
    return [user, *(backend.write(queries.create, row) for row in make(user.id))]


def console_row(row: SQLModel) -> Any:
    """The console's reading of a row that the backend wrote, deleted or not."""
    return console_model(row)._base_manager.get(pk=row.id)  # type: ignore[attr-defined]


def console_model(row: SQLModel) -> Any:
    """The console's model with the name of the backend's."""
    name = type(row).__name__
    return next(model for model in apps.get_models() if model.__name__ == name)


def backend_row(backend: Backend, instance: models.Model) -> Any:
    """The backend's reading of the console's row."""
    name = type(instance).__name__
    model = getattr(user_models, name, None) or getattr(matching_models, name)
    return backend.read(queries.get_row, model, instance.pk)


def columns_of(instance: models.Model) -> dict[str, Any]:
    """The console's row as `rows.columns_of` gives the backend's."""
    return {field.column: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


def ids(users: list[user_models.User]) -> list[str]:
    return [user.id for user in users]
