"""What the role that serves the console may do: what pages, commands and jobs need, on tables that it does not own.

An owner can switch triggers off; whoever owns nothing can't, so that what is append only stays so whatever the console
is made to do. The owner runs `migrate` and grants (`manage.py grant_console_role`); the console's role serves.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from psycopg import sql

from .ownership import is_shared

# Written by `migrate` alone.
READ_ONLY = {"django_migrations", "django_content_type", "auth_permission"}
EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")
# What triggers refuse to everybody is not granted either. The bits are those of pg_trigger.tgtype.
REFUSED = """
    SELECT c.relname, t.tgtype & 8 > 0, t.tgtype & 16 > 0
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE p.proname = 'console_refuse_change' AND c.relnamespace = current_schema()::regnamespace
"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND pg_has_role(p.proowner, 'USAGE')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    ORDER BY 1
"""
OWNS = """
    SELECT r.rolsuper OR EXISTS (
        SELECT FROM pg_class c
        WHERE c.relname = ANY(%s) AND c.relnamespace = current_schema()::regnamespace
          AND pg_has_role(r.oid, c.relowner, 'MEMBER')
    )
    FROM pg_roles r WHERE r.rolname = %s
"""


class UnknownRoleError(Exception):
    """There is no such role."""


class OwningRoleError(Exception):
    """The role is a superuser's, or owns the tables itself or through another role: granting would protect nothing."""


def grants(connection: BaseDatabaseWrapper, role: str) -> list[str]:
    """Return the statements, for the owner of the tables to run; run again, they leave the same.

    Raises:
        UnknownRoleError: there is no such role.
        OwningRoleError: the role owns the tables.
    """
    tables = {table: privileges for table, privileges in _privileges(connection).items() if privileges}
    _refuse_owner(connection, role, list(tables))
    to = sql.Identifier(role)
    parts = [sql.SQL("REVOKE ALL ON TABLE {} FROM {}").format(_names(tables), to)]
    parts += [
        sql.SQL("GRANT {} ON TABLE {} TO {}").format(sql.SQL(", ".join(privileges)), _names(names), to)
        for privileges, names in _grouped(tables)
    ]
    schema = sql.Identifier(str(_one(connection, "SELECT current_schema()")))
    parts += [
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, to),
        sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, to),
    ]
    parts += [
        sql.SQL("GRANT EXECUTE ON ROUTINE {} TO {}").format(sql.SQL(signature), to)
        for (signature,) in _rows(connection, FUNCTIONS)
    ]
    return [part.as_string(connection.connection) for part in parts]


def _privileges(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    """Return what is granted on each table that is there."""
    present = {table for (table,) in _rows(connection, TABLES)}
    refused = {
        table: {"DELETE": no_delete, "UPDATE": no_update} for table, no_delete, no_update in _rows(connection, REFUSED)
    }
    wanted = {model._meta.db_table: _wanted(model) for model in apps.get_models(include_auto_created=True)}
    wanted |= dict.fromkeys(READ_ONLY, ("SELECT",))
    return {
        table: tuple(each for each in privileges if not refused.get(table, {}).get(each))
        for table, privileges in sorted(wanted.items())
        if table in present
    }


def _wanted(model: type[Model]) -> tuple[str, ...]:
    """Rows of the backend's tables are deleted softly, unless the model says that they may be destroyed."""
    if is_shared(model) and not getattr(model, "is_destroyed_when_due", False):
        return EVERYTHING[:-1]
    return EVERYTHING


def _grouped(tables: dict[str, tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for privileges in sorted(set(tables.values())):
        yield privileges, [table for table, granted in tables.items() if granted == privileges]


def _refuse_owner(connection: BaseDatabaseWrapper, role: str, tables: list[str]) -> None:
    owns = _one(connection, OWNS, tables, role)
    if owns is None:
        raise UnknownRoleError(role)
    if owns:
        raise OwningRoleError(role)


def _names(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _rows(connection: BaseDatabaseWrapper, query: str, *values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        rows: list[tuple] = cursor.fetchall()
    return rows


def _one(connection: BaseDatabaseWrapper, query: str, *values: Any) -> object:
    return next((value for (value,) in _rows(connection, query, *values)), None)
