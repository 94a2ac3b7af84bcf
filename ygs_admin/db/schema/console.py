"""The objects that the console keeps beside the backend's tables, and which it cannot work without."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from django.db import models


class ObjectKind(StrEnum):
    TABLE = "table"
    INDEX = "index"
    TRIGGER = "trigger"
    FUNCTION = "function"
    EXTENSION = "extension"


class ConsoleObject(NamedTuple):
    kind: ObjectKind
    name: str


_registered: dict[ConsoleObject, None] = {}


def register_console_object(kind: ObjectKind | str, name: str) -> None:
    """Have `check_schema` demand an object that a migration of the console creates. Call it while apps get ready.

    Tables and indexes of console-owned models need no registration.

    Raises:
        ValueError: there is no such kind.
    """
    _registered[ConsoleObject(ObjectKind(kind), name)] = None


def console_objects(console_models: Iterable[type[models.Model]]) -> list[ConsoleObject]:
    """Return what is registered, and the tables and indexes that the console's own models declare."""
    declared = [
        declaration
        for model in console_models
        for declaration in (
            ConsoleObject(ObjectKind.TABLE, model._meta.db_table),
            *(ConsoleObject(ObjectKind.INDEX, index.name) for index in model._meta.indexes),
        )
    ]
    return [*dict.fromkeys([*declared, *_registered])]
