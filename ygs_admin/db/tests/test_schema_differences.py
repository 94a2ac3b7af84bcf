"""Each injected difference is found and named; what is tolerated is a note, and another form of a promise nothing."""

import pytest
from django.db import connections

from ygs_admin.db.ownership import shared_models
from ygs_admin.db.schema import Finding, Kind, Report, compare, expected_tables, live_tables

from .conftest import Alter

DROP_PHOTO_KEY = "ALTER TABLE user_photos DROP CONSTRAINT user_photos_user_id_fkey"


def compare_tables() -> Report:
    expected = expected_tables(shared_models(), connections["default"])
    return compare(expected, live_tables(connections["default"], expected))


def named(findings: list[Finding]) -> set[tuple[str, str, str]]:
    return {(finding.kind.value, finding.table, finding.column) for finding in findings}


def test_every_shared_table_is_compared() -> None:
    assert set(expected_tables(shared_models(), connections["default"])) == {
        "users",
        "user_profiles",
        "user_lifestyles",
        "user_preferences",
        "user_photos",
        "user_documents",
        "user_subscriptions",
        "user_access_audits",
        "match_weeks",
        "match_histories",
        "match_feedbacks",
        "consult_schedules",
    }


DIFFERENCES = [
    ("ALTER TABLE match_feedbacks RENAME TO gone", "missing_table", "match_feedbacks", ""),
    (
        "ALTER TABLE match_feedbacks RENAME TO gone; CREATE VIEW match_feedbacks AS SELECT * FROM gone",
        "missing_table",
        "match_feedbacks",
        "",
    ),
    (
        "CREATE SCHEMA elsewhere; ALTER TABLE match_feedbacks SET SCHEMA elsewhere",
        "missing_table",
        "match_feedbacks",
        "",
    ),
    ("ALTER TABLE users DROP COLUMN kakao_id", "missing_column", "users", "kakao_id"),
    ("ALTER TABLE users ALTER COLUMN email TYPE text", "type", "users", "email"),
    ("ALTER TABLE users ALTER COLUMN birth_year TYPE varchar", "type", "users", "birth_year"),
    ("ALTER TABLE users ALTER COLUMN birth_year TYPE bigint", "type", "users", "birth_year"),
    ("ALTER TABLE users ALTER COLUMN is_admin TYPE integer USING 0", "type", "users", "is_admin"),
    ("ALTER TABLE users ALTER COLUMN created_at TYPE date", "type", "users", "created_at"),
    ("CREATE TYPE sex AS ENUM ('male'); ALTER TABLE users ALTER gender TYPE sex USING NULL", "type", "users", "gender"),
    ("ALTER TABLE user_profiles ALTER height TYPE double precision", "type", "user_profiles", "height"),
    ("ALTER TABLE user_lifestyles ALTER hobbies TYPE json", "type", "user_lifestyles", "hobbies"),
    ("ALTER TABLE user_lifestyles ALTER hobbies TYPE text", "type", "user_lifestyles", "hobbies"),
    ("ALTER TABLE user_documents ALTER expires_on TYPE timestamp", "type", "user_documents", "expires_on"),
    ("ALTER TABLE match_histories ALTER score TYPE real", "type", "match_histories", "score"),
    ("ALTER TABLE match_histories ALTER score TYPE integer", "type", "match_histories", "score"),
    ("ALTER TABLE users ALTER COLUMN name TYPE varchar", "length", "users", "name"),
    ("ALTER TABLE users ALTER COLUMN name TYPE varchar(40)", "length", "users", "name"),
    ("ALTER TABLE users ALTER COLUMN phone TYPE varchar(11)", "length", "users", "phone"),
    ("ALTER TABLE users ALTER COLUMN email SET NOT NULL", "nullability", "users", "email"),
    ("ALTER TABLE users ALTER COLUMN phone DROP NOT NULL", "nullability", "users", "phone"),
    (
        "ALTER TABLE match_weeks DROP note, ADD note varchar GENERATED ALWAYS AS ('W' || iso_week::varchar) STORED",
        "read_only_column",
        "match_weeks",
        "note",
    ),
    ("ALTER TABLE users ADD COLUMN tier varchar NOT NULL", "required_column", "users", "tier"),
    ("ALTER TABLE user_photos DROP CONSTRAINT user_photos_pkey", "missing_primary_key", "user_photos", "id"),
    (
        "ALTER TABLE user_photos DROP CONSTRAINT user_photos_pkey, ADD PRIMARY KEY (id, user_id)",
        "missing_primary_key",
        "user_photos",
        "id",
    ),
    ("DROP INDEX ix_users_phone", "missing_unique", "users", "phone"),
    ("DROP INDEX ix_users_phone; CREATE INDEX ix_users_phone ON users (phone)", "missing_unique", "users", "phone"),
    (
        "DROP INDEX ix_users_phone; CREATE UNIQUE INDEX ix_users_phone ON users (phone) WHERE deleted_at IS NULL",
        "missing_unique",
        "users",
        "phone",
    ),
    (
        "DROP INDEX ix_users_phone; CREATE UNIQUE INDEX ix_users_phone ON users (phone, lower(name))",
        "missing_unique",
        "users",
        "phone",
    ),
    (
        "ALTER TABLE user_profiles DROP CONSTRAINT user_profiles_user_id_key",
        "missing_unique",
        "user_profiles",
        "user_id",
    ),
    (
        "ALTER TABLE match_weeks DROP CONSTRAINT match_weeks_iso_year_iso_week_key",
        "missing_unique",
        "match_weeks",
        "iso_year, iso_week",
    ),
    (
        DROP_PHOTO_KEY,
        "missing_foreign_key",
        "user_photos",
        "user_id",
    ),
    (
        f"{DROP_PHOTO_KEY}, ADD FOREIGN KEY (user_id) REFERENCES user_profiles (id)",
        "missing_foreign_key",
        "user_photos",
        "user_id",
    ),
    (
        f"{DROP_PHOTO_KEY}, ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE",
        "foreign_key_action",
        "user_photos",
        "user_id",
    ),
]


@pytest.mark.parametrize(("change", "kind", "table", "column"), DIFFERENCES)
def test_a_difference_is_found_and_named(alter: Alter, change: str, kind: str, table: str, column: str) -> None:
    alter(change)

    assert named(compare_tables().differences) == {(kind, table, column)}


NOTES = [
    ("ALTER TABLE users ADD COLUMN tier varchar", "extra_column", "users", "tier"),
    ("ALTER TABLE users ADD COLUMN tier varchar NOT NULL DEFAULT 'a'", "extra_column", "users", "tier"),
    ("ALTER TABLE users ADD COLUMN no integer GENERATED ALWAYS AS IDENTITY", "extra_column", "users", "no"),
    ("ALTER TABLE users ALTER COLUMN created_at TYPE timestamptz", "time_zone", "users", "created_at"),
    ("CREATE INDEX of_name ON users (name)", "extra_index", "users", "name"),
    ("CREATE UNIQUE INDEX of_email ON users (email) WHERE deleted_at IS NULL", "extra_index", "users", "email"),
    ("DROP INDEX ix_users_email", "missing_index", "users", "email"),
    ("ALTER TABLE users ADD CHECK (birth_year > 1900)", "extra_check", "users", "birth_year"),
    (
        "ALTER TABLE user_documents ADD FOREIGN KEY (reviewed_by) REFERENCES users",
        "extra_foreign_key",
        "user_documents",
        "reviewed_by",
    ),
]


@pytest.mark.parametrize(("change", "kind", "table", "column"), NOTES)
def test_what_is_tolerated_is_a_note(alter: Alter, change: str, kind: str, table: str, column: str) -> None:
    before = named(compare_tables().notes)

    alter(change)

    report = compare_tables()
    assert report.differences == []
    assert named(report.notes) - before == {(kind, table, column)}


TOLERATED = [
    "DROP INDEX ix_users_phone; ALTER TABLE users ADD UNIQUE (phone)",
    "DROP INDEX ix_users_email; CREATE INDEX anything ON users (email, phone)",
    "ALTER TABLE match_weeks DROP CONSTRAINT match_weeks_iso_year_iso_week_key, ADD UNIQUE (iso_week, iso_year)",
    "ALTER TABLE users ALTER COLUMN status SET DEFAULT 'pending'",
    f"{DROP_PHOTO_KEY}, ADD FOREIGN KEY (user_id) REFERENCES users ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE users RENAME CONSTRAINT users_pkey TO anything",
]


@pytest.mark.parametrize("change", TOLERATED)
def test_the_same_promise_in_another_form_is_no_difference(alter: Alter, change: str) -> None:
    alter(change)

    report = compare_tables()
    assert report.differences == []
    assert Kind.MISSING_INDEX not in {note.kind for note in report.notes}
