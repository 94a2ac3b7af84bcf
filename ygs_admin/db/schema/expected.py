"""Reads from the models what their tables must look like."""

from collections.abc import Iterable, Iterator

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .tables import Column, Columns, ForeignKey, Index, Table

# What `format_type()` calls the types for which Django and our fields use another name.
CATALOGUE_NAMES = {
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
    "varchar": "character varying",
}


def expected_tables(models_: Iterable[type[models.Model]], connection: BaseDatabaseWrapper) -> dict[str, Table]:
    """Return the models' tables by name. The connection says how types are spelled; nothing is sent to it."""
    tables = (_table(model, connection) for model in models_)
    return {table.name: table for table in tables}


def _table(model: type[models.Model], connection: BaseDatabaseWrapper) -> Table:
    meta = model._meta
    columns = (_column(field, connection) for field in meta.local_concrete_fields)
    return Table(
        name=meta.db_table,
        columns={column.name: column for column in columns},
        primary_key=tuple(field.column for field in meta.pk_fields),
        indexes=(*_unique_indexes(model), *_plain_indexes(model)),
        foreign_keys=tuple(_foreign_keys(model)),
    )


def _column(field: models.Field, connection: BaseDatabaseWrapper) -> Column:
    spelled = field.db_type(connection) or ""
    return Column(field.column, CATALOGUE_NAMES.get(spelled, spelled), nullable=field.null)


def _unique_indexes(model: type[models.Model]) -> Iterator[Index]:
    for field in model._meta.local_concrete_fields:
        if field.unique and not field.primary_key:
            yield Index((field.column,), unique=True)
    for constraint in model._meta.total_unique_constraints:
        yield Index(_columns(model, constraint.fields), unique=True)
    for names in model._meta.unique_together:
        yield Index(_columns(model, names), unique=True)


def _plain_indexes(model: type[models.Model]) -> Iterator[Index]:
    """Yield the indexes that the dictionary marks; partial ones and expressions are the console's own."""
    for field in model._meta.local_concrete_fields:
        if field.db_index and not field.unique:  # type: ignore[attr-defined]
            yield Index((field.column,))
    for index in model._meta.indexes:
        if type(index).suffix == "idx" and index.fields and index.condition is None and not index.opclasses:
            yield Index(_columns(model, [name for name, _ in index.fields_orders]))


def _foreign_keys(model: type[models.Model]) -> Iterator[ForeignKey]:
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.ForeignKey) and field.db_constraint:  # type: ignore[attr-defined]
            target = field.target_field
            yield ForeignKey((field.column,), target.model._meta.db_table, (target.column,))


def _columns(model: type[models.Model], names: Iterable[str]) -> Columns:
    return tuple(str(model._meta.get_field(name).column) for name in names)  # type: ignore[union-attr]
