"""What the check knows of a table, whether read from a model or from PostgreSQL's catalogues."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .console import ConsoleObject

Columns = tuple[str, ...]
NO_ACTION = "no action"


@dataclass(frozen=True)
class Column:
    """A column; `type` is spelled as PostgreSQL's `format_type()` does, such as `character varying(50)`."""

    name: str
    type: str
    nullable: bool
    has_default: bool = False
    writable: bool = True


@dataclass(frozen=True)
class ForeignKey:
    columns: Columns
    table: str
    target: Columns
    on_delete: str = NO_ACTION


@dataclass(frozen=True)
class Index:
    """A valid index over whole columns; not `plain` if partial, over expressions, or of another kind than B-tree."""

    columns: Columns
    unique: bool = False
    plain: bool = True
    name: str = ""


@dataclass(frozen=True)
class Table:
    """A table: `primary_key` is empty where there is none, `checks` are the CHECK constraints by name."""

    name: str
    columns: Mapping[str, Column]
    primary_key: Columns = ()
    indexes: tuple[Index, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: Mapping[str, Columns] = field(default_factory=dict)

    @property
    def unique_columns(self) -> set[frozenset[str]]:
        """Return the sets of columns that no two rows share; only a whole index can promise that."""
        return {frozenset(index.columns) for index in self.indexes if index.unique and index.plain}


@dataclass(frozen=True)
class Surroundings:
    """What a database has besides tables: for each object whether it is in working order."""

    encoding: str
    ctype: str
    objects: Mapping[ConsoleObject, bool]
