"""Reads tables from PostgreSQL's catalogues: three queries, whatever the number of tables, and one for the rest.

Only what the connection's search path finds counts, as for the console's own statements. The catalogues are readable by
every role, so a missing right on a table never looks like a missing table.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from .console import ConsoleObject, ObjectKind
from .tables import NO_ACTION, Column, ForeignKey, Index, Surroundings, Table

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
           a.atthasdef OR a.attidentity <> '', a.attgenerated = '' AND a.attidentity <> 'a'
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relname = ANY(%s) AND c.relkind IN ('r', 'p') AND pg_table_is_visible(c.oid)
    ORDER BY c.relname, a.attnum
"""

# A key of 0 is an expression and joins no column: such an index is not plain.
INDEXES = """
    SELECT c.relname, ic.relname, i.indisprimary, i.indisunique,
           i.indpred IS NULL AND i.indexprs IS NULL AND am.amname = 'btree',
           ARRAY(
               SELECT a.attname::text FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
               WHERE k.position <= i.indnkeyatts ORDER BY k.position
           )
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_am am ON am.oid = ic.relam
    WHERE c.relname = ANY(%s) AND pg_table_is_visible(c.oid) AND i.indisvalid
    ORDER BY c.relname, ic.relname
"""

CONSTRAINTS = """
    SELECT c.relname, k.conname, k.contype = 'f', k.confdeltype, f.relname,
           ARRAY(
               SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS u(attnum, position)
               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum ORDER BY u.position
           ),
           ARRAY(
               SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS u(attnum, position)
               JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum ORDER BY u.position
           )
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid LEFT JOIN pg_class f ON f.oid = k.confrelid
    WHERE c.relname = ANY(%s) AND pg_table_is_visible(c.oid) AND k.contype IN ('f', 'c')
    ORDER BY c.relname, k.conname
"""

# RESTRICT refuses as NO ACTION does: neither changes a row.
ON_DELETE = {"a": NO_ACTION, "r": NO_ACTION, "c": "cascade", "n": "set null", "d": "set default"}

DATABASE = "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"

OBJECTS = """
    SELECT CASE WHEN relkind IN ('i', 'I') THEN 'index' ELSE 'table' END, relname, coalesce(indisvalid, true)
    FROM pg_class LEFT JOIN pg_index ON indexrelid = pg_class.oid
    WHERE relname = ANY(%(names)s) AND relkind IN ('r', 'p', 'i', 'I') AND pg_table_is_visible(pg_class.oid)
    UNION ALL
    SELECT 'trigger', tgname, tgenabled IN ('O', 'A') FROM pg_trigger
    WHERE tgname = ANY(%(names)s) AND NOT tgisinternal AND pg_table_is_visible(tgrelid)
    UNION ALL
    SELECT 'function', proname, true FROM pg_proc WHERE proname = ANY(%(names)s) AND pg_function_is_visible(oid)
    UNION ALL
    SELECT 'extension', extname, true FROM pg_extension WHERE extname = ANY(%(names)s)
"""

Row = tuple[Any, ...]


def live_tables(connection: BaseDatabaseWrapper, names: Collection[str]) -> dict[str, Table]:
    """Return those of the named tables that exist, by name.

    Raises:
        django.db.OperationalError: the database cannot be reached.
    """
    parameters = [list(names)]
    columns = _by_table(connection, COLUMNS, parameters)
    indexes = _by_table(connection, INDEXES, parameters)
    constraints = _by_table(connection, CONSTRAINTS, parameters)
    return {name: _table(name, rows, indexes[name], constraints[name]) for name, rows in columns.items()}


def _table(name: str, columns: list[Row], indexes: list[Row], constraints: list[Row]) -> Table:
    return Table(
        name=name,
        columns={row[0]: Column(*row) for row in columns if row[0] is not None},
        primary_key=next((tuple(keys) for _, is_primary, _, _, keys in indexes if is_primary), ()),
        indexes=tuple(Index(tuple(keys), unique, plain, index) for index, _, unique, plain, keys in indexes),
        foreign_keys=tuple(
            ForeignKey(tuple(keys), table, tuple(target), ON_DELETE[action])
            for _, is_foreign_key, action, table, keys, target in constraints
            if is_foreign_key
        ),
        checks={check: tuple(keys) for check, is_foreign_key, _, _, keys, _ in constraints if not is_foreign_key},
    )


def live_surroundings(connection: BaseDatabaseWrapper, names: Collection[str]) -> Surroundings:
    """Return the database's encoding and character class, and which objects with these names exist."""
    with connection.cursor() as cursor:
        cursor.execute(DATABASE)
        encoding, ctype = cursor.fetchone()
        cursor.execute(OBJECTS, {"names": list(names)})
        objects = {ConsoleObject(ObjectKind(kind), name): works for kind, name, works in cursor.fetchall()}
    return Surroundings(encoding, ctype, objects)


def _by_table(connection: BaseDatabaseWrapper, sql: str, parameters: list[list[str]]) -> dict[str, list[Row]]:
    """Return the rows without their first column, grouped by it."""
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for table, *row in cursor.fetchall():
            grouped[table].append(tuple(row))
    return grouped
