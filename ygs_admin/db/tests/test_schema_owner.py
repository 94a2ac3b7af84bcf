"""With the backend as the owner of the schema, `migrate` leaves the shared tables as they are."""

import psycopg
import pytest

from users.tests.shared_database import COLUMN_TYPES, SharedDatabase, create_backend_database
from ygs_admin.db.ownership import shared_models

# Everything that a table is made of, one line each, as PostgreSQL itself spells it; the console's own objects aside.
CATALOGUE = """
    SELECT 'table ' || c.relname || ' ' || c.relkind::text || ' ' || coalesce(c.reloptions::text, '')
        || ' ' || c.relrowsecurity::text || ' ' || coalesce(c.relacl::text, '')
    FROM pg_class c WHERE c.relname = ANY(%(tables)s)
    UNION ALL
    SELECT 'column ' || c.relname || ' ' || a.attnum || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || ' ' || a.attnotnull::text || ' ' || a.attidentity::text || a.attgenerated::text || a.attisdropped::text
        || ' ' || a.attcollation || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relname = ANY(%(tables)s)
    UNION ALL
    SELECT 'constraint ' || c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
    FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid WHERE c.relname = ANY(%(tables)s)
    UNION ALL
    SELECT 'index ' || i.indexdef FROM pg_indexes i
    WHERE i.tablename = ANY(%(tables)s) AND i.indexname NOT LIKE 'console\\_%%'
    UNION ALL
    SELECT 'trigger ' || c.relname || ' ' || pg_get_triggerdef(t.oid)
    FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
    WHERE c.relname = ANY(%(tables)s) AND NOT t.tgisinternal AND t.tgname NOT LIKE 'console\\_%%'
    ORDER BY 1
"""


@pytest.fixture(params=COLUMN_TYPES)
def fresh_database(request: pytest.FixtureRequest) -> SharedDatabase:
    """The backend's tables as the backend made them, with time columns of either type."""
    return create_backend_database(aware=COLUMN_TYPES[request.param])


def schema_of_shared_tables(database: SharedDatabase) -> list[str]:
    tables = [model._meta.db_table for model in shared_models()]
    with psycopg.connect(database.url) as connection:
        return [line for (line,) in connection.execute(CATALOGUE, {"tables": tables})]


def names_of_tables(database: SharedDatabase) -> set[str]:
    with psycopg.connect(database.url) as connection:
        return {name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def test_migrating_changes_nothing_in_the_shared_tables(fresh_database: SharedDatabase) -> None:
    before = schema_of_shared_tables(fresh_database)

    fresh_database.migrate()
    assert schema_of_shared_tables(fresh_database) == before

    fresh_database.migrate()
    assert schema_of_shared_tables(fresh_database) == before


def test_migrating_creates_what_is_the_consoles_own(fresh_database: SharedDatabase) -> None:
    fresh_database.migrate()

    assert {"console_member_search", "django_session", "django_migrations"} <= names_of_tables(fresh_database)
    assert fresh_database.manage("check_schema").returncode == 0


def test_migrating_back_leaves_the_shared_tables(fresh_database: SharedDatabase) -> None:
    before = schema_of_shared_tables(fresh_database)
    fresh_database.migrate()

    for app in ("matching", "users"):
        result = fresh_database.manage("migrate", app, "zero", "--verbosity=0")
        assert result.returncode == 0, result.stderr

    assert schema_of_shared_tables(fresh_database) == before
    assert "console_member_search" not in names_of_tables(fresh_database)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL",
        "ALTER TABLE users ALTER COLUMN status SET DEFAULT 'pending'",
        "ALTER TABLE users ALTER COLUMN created_at TYPE timestamp(3)",
        "ALTER TABLE users ADD COLUMN note varchar",
        "ALTER TABLE user_photos DROP CONSTRAINT user_photos_user_id_fkey",
        "ALTER TABLE match_weeks ADD CONSTRAINT week CHECK (iso_week < 54)",
        "CREATE INDEX of_somebody ON users (name)",
    ],
)
def test_the_comparison_notices_a_change(change: str) -> None:
    database = create_backend_database(aware=False)
    before = schema_of_shared_tables(database)

    with psycopg.connect(database.url) as connection:
        connection.execute(change)

    assert schema_of_shared_tables(database) != before
