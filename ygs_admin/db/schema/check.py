"""The whole check of one database."""

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from ygs_admin.db.ownership import shared_models

from .comparison import compare, compare_surroundings
from .console import ObjectKind, console_objects
from .expected import expected_tables
from .live import live_surroundings, live_tables
from .report import Report


def check_database(connection: BaseDatabaseWrapper) -> Report:
    """Compare a database with the models of the shared tables and with what the console keeps beside them.

    Five queries of the catalogues; nothing is locked or written, so a replica will do.

    Raises:
        django.db.OperationalError: the database cannot be reached.
    """
    own = console_objects(_console_models())
    expected = expected_tables(shared_models(), connection)
    own_indexes = {name for kind, name in own if kind is ObjectKind.INDEX}
    tables = compare(expected, live_tables(connection, expected), own_indexes)
    return tables + compare_surroundings(own, live_surroundings(connection, [name for _, name in own]))


def _console_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if getattr(model, "is_console_table", False)]
