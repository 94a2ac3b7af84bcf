"""Compares what is expected with what is there. Pure: dataclasses in, findings out."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from .console import ConsoleObject, ObjectKind
from .report import Finding, Kind, Report
from .tables import NO_ACTION, Column, Columns, Surroundings, Table

TIMESTAMPS = {"timestamp without time zone", "timestamp with time zone"}
ENCODING = "UTF8"
UTF8_CTYPE = re.compile(r"utf-?8", re.IGNORECASE)


def compare(expected: Mapping[str, Table], live: Mapping[str, Table], own_indexes: Collection[str] = ()) -> Report:
    """Compare tables; `own_indexes` names the console's own indexes, which are not worth a note."""
    return Report.of(
        finding for table in expected.values() for finding in _table(table, live.get(table.name), own_indexes)
    )


def compare_surroundings(expected: Iterable[ConsoleObject], live: Surroundings) -> Report:
    """Compare the encoding with what Korean needs, and the console's own objects with what there is."""
    return Report.of([*_database(live), *_objects(expected, live)])


def _table(expected: Table, live: Table | None, own_indexes: Collection[str]) -> Iterator[Finding]:
    if live is None:
        yield Finding(Kind.MISSING_TABLE, expected.name, expected="table")
        return
    for name, column in expected.columns.items():
        yield from _column(expected.name, column, live.columns.get(name))
    yield from _extra_columns(expected, live)
    yield from _keys(expected, live)
    yield from _foreign_keys(expected, live)
    yield from _indexes(expected, live, own_indexes)
    for name, columns in live.checks.items():
        yield Finding(Kind.EXTRA_CHECK, live.name, _named(columns), found=name)


def _column(table: str, expected: Column, live: Column | None) -> Iterator[Finding]:
    if live is None:
        yield Finding(Kind.MISSING_COLUMN, table, expected.name, expected.type)
        return
    if live.type != expected.type:
        yield Finding(_kind_of_type(expected.type, live.type), table, expected.name, expected.type, live.type)
    if live.nullable != expected.nullable:
        yield Finding(Kind.NULLABILITY, table, expected.name, _nullability(expected), _nullability(live))
    if not live.writable:
        yield Finding(Kind.READ_ONLY_COLUMN, table, expected.name, expected.type, "generated always")


def _kind_of_type(expected: str, live: str) -> Kind:
    if {expected, live} == TIMESTAMPS:
        return Kind.TIME_ZONE
    return Kind.LENGTH if _without_length(expected) == _without_length(live) else Kind.TYPE


def _without_length(type_name: str) -> str:
    return re.sub(r"\([\d,]+\)", "", type_name)


def _nullability(column: Column) -> str:
    return "null" if column.nullable else "not null"


def _extra_columns(expected: Table, live: Table) -> Iterator[Finding]:
    for name, column in live.columns.items():
        if name not in expected.columns:
            required = not column.nullable and not column.has_default
            kind = Kind.REQUIRED_COLUMN if required else Kind.EXTRA_COLUMN
            yield Finding(kind, live.name, name, found=f"{column.type} {_nullability(column)}")


def _keys(expected: Table, live: Table) -> Iterator[Finding]:
    if live.primary_key != expected.primary_key:
        columns = _named(expected.primary_key)
        yield Finding(Kind.MISSING_PRIMARY_KEY, live.name, columns, columns, _named(live.primary_key))
    for index in expected.indexes:
        if index.unique and frozenset(index.columns) not in live.unique_columns:
            yield Finding(Kind.MISSING_UNIQUE, live.name, _named(index.columns), "unique")


def _foreign_keys(expected: Table, live: Table) -> Iterator[Finding]:
    actions = {(key.columns, key.table, key.target): key.on_delete for key in live.foreign_keys}
    for key in expected.foreign_keys:
        action = actions.pop((key.columns, key.table, key.target), None)
        references = f"{key.table} ({_named(key.target)})"
        if action is None:
            yield Finding(Kind.MISSING_FOREIGN_KEY, live.name, _named(key.columns), references)
        elif action != NO_ACTION:
            yield Finding(Kind.FOREIGN_KEY_ACTION, live.name, _named(key.columns), NO_ACTION, action)
    for columns, table, target in actions:
        yield Finding(Kind.EXTRA_FOREIGN_KEY, live.name, _named(columns), found=f"{table} ({_named(target)})")


def _indexes(expected: Table, live: Table, own_indexes: Collection[str]) -> Iterator[Finding]:
    """Compare plain indexes by columns, not by name: any index that begins with the columns serves."""
    serving = [index.columns for index in live.indexes if index.plain]
    for index in expected.indexes:
        if not index.unique and not any(columns[: len(index.columns)] == index.columns for columns in serving):
            yield Finding(Kind.MISSING_INDEX, live.name, _named(index.columns), "index")
    known = {live.primary_key, *(index.columns for index in expected.indexes)}
    for index in live.indexes:
        if not (index.plain and index.columns in known) and index.name not in own_indexes:
            found = f"unique {index.name}" if index.unique else index.name
            yield Finding(Kind.EXTRA_INDEX, live.name, _named(index.columns), found=found)


def _database(live: Surroundings) -> Iterator[Finding]:
    if live.encoding != ENCODING:
        yield Finding(Kind.ENCODING, expected=ENCODING, found=live.encoding)
    if not UTF8_CTYPE.search(live.ctype):
        yield Finding(Kind.CTYPE, expected="UTF-8", found=live.ctype)


def _objects(expected: Iterable[ConsoleObject], live: Surroundings) -> Iterator[Finding]:
    for console_object in expected:
        described = f"{console_object.kind} {console_object.name}"
        works = live.objects.get(console_object)
        if works is None:
            yield Finding(Kind.MISSING_OBJECT, expected=described)
        elif not works:
            broken = "invalid" if console_object.kind is ObjectKind.INDEX else "disabled"
            yield Finding(Kind.BROKEN_OBJECT, expected=described, found=broken)


def _named(columns: Columns) -> str:
    return ", ".join(columns)
