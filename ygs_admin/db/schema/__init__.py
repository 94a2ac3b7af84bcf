"""Compares the models of shared tables with the tables of a live database.

`expected_tables()` reads the models, `live_tables()` the system catalogues, and `compare()` says what differs, without
touching either. `compare_surroundings()` does the same for the database's encoding and the objects of the console's
own. `check_database()` does all of it.
"""

from .check import check_database
from .comparison import compare, compare_surroundings
from .console import ConsoleObject, ObjectKind, console_objects, register_console_object
from .expected import expected_tables
from .live import live_surroundings, live_tables
from .report import Finding, Kind, Report
from .tables import Column, ForeignKey, Index, Surroundings, Table

__all__ = [
    "Column",
    "ConsoleObject",
    "Finding",
    "ForeignKey",
    "Index",
    "Kind",
    "ObjectKind",
    "Report",
    "Surroundings",
    "Table",
    "check_database",
    "compare",
    "compare_surroundings",
    "console_objects",
    "expected_tables",
    "live_surroundings",
    "live_tables",
    "register_console_object",
]
