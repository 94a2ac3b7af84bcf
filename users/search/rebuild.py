"""Verifying and rebuilding the console's index over members, in batches by key.

Triggers keep the index (`migrations/member_search.sql`). What they could not see is found and put right here: rows from
before the console came, and rows that were written while the triggers were off.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connections, transaction

from ygs_admin.db.routing import PRIMARY

BATCH_SIZE = 1000

COPIED = (
    "created_at", "is_deleted", "name_key", "phone", "email_key", "domain_key", "status", "gender", "birth_year",
    "district", "education", "grams",
)  # fmt: skip

# What the triggers write, from the same functions.
EXPECTED = """
    SELECT u.id AS user_id, u.created_at::timestamp AS created_at, u.deleted_at IS NOT NULL AS is_deleted,
           console_name_key(u.name) AS name_key, u.phone, lower(u.email) AS email_key,
           nullif(split_part(lower(u.email), '@', 2), '') AS domain_key, u.status, u.gender, u.birth_year,
           p.district, p.education,
           console_name_grams(console_name_key(u.name)) || console_phone_grams(u.phone) AS grams
    FROM users u LEFT JOIN user_profiles p ON p.user_id = u.id
"""
DIFFERENCES = f"""
    SELECT e.user_id, s.user_id IS NULL
    FROM ({EXPECTED} WHERE u.id > %(after)s AND u.id <= %(last)s) e LEFT JOIN console_member_search s USING (user_id)
    WHERE s.user_id IS NULL
       OR ({", ".join(f"s.{name}" for name in COPIED)}) IS DISTINCT FROM ({", ".join(f"e.{name}" for name in COPIED)})
"""  # noqa: S608 - names of columns
GONE = """
    SELECT user_id FROM console_member_search s
    WHERE user_id > %(after)s AND user_id <= %(last)s AND NOT EXISTS (SELECT FROM users u WHERE u.id = s.user_id)
"""
END_OF_BATCH = """
    SELECT max(key), count(*) FROM (
        (SELECT id AS key FROM users WHERE id > %(after)s ORDER BY id LIMIT %(size)s)
        UNION
        (SELECT user_id FROM console_member_search WHERE user_id > %(after)s ORDER BY user_id LIMIT %(size)s)
        ORDER BY key LIMIT %(size)s
    ) keys
"""
REBUILD = f"""
    INSERT INTO console_member_search (user_id, {", ".join(COPIED)}) {EXPECTED} WHERE u.id = ANY(%(keys)s)
    ON CONFLICT (user_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in COPIED)}
"""
REMOVE = """
    DELETE FROM console_member_search s
    WHERE user_id = ANY(%(keys)s) AND NOT EXISTS (SELECT FROM users u WHERE u.id = s.user_id)
"""


@dataclass
class Batch:
    """Some members in a row by key, and what is wrong with their entries; `size` counts members and entries once."""

    size: int
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def is_right(self) -> bool:
        return not (self.missing or self.different or self.gone)


def verify(size: int = BATCH_SIZE) -> Iterator[Batch]:
    """Yield every batch with what is wrong in it. Locks nothing; about 20 µs a member."""
    after = ""
    while True:
        last, count = _rows(END_OF_BATCH, after=after, size=size)[0]
        if not count:
            return
        yield _verified(count, after=after, last=last)
        after = last


def rebuild(size: int = BATCH_SIZE) -> Iterator[Batch]:
    """Put every batch right, then yield it with what was wrong; each batch is a transaction of its own.

    About 0.2 ms an entry that was not right. Can be run beside writers, stopped at any time and run again.
    """
    has_written = False
    for batch in verify(size):
        if not batch.is_right:
            _put_right(batch)
            has_written = True
        yield batch
    if has_written:
        _execute("ANALYZE console_member_search")


def estimated_members() -> int:
    """Return about how many members there are, as the last ANALYZE found, at no cost."""
    return max(0, int(_rows("SELECT reltuples FROM pg_class WHERE oid = 'users'::regclass")[0][0]))


def _verified(size: int, **span: str) -> Batch:
    batch = Batch(size)
    with transaction.atomic(using=PRIMARY):
        _execute("SET LOCAL timezone TO 'UTC'")
        for key, is_missing in _rows(DIFFERENCES, **span):
            (batch.missing if is_missing else batch.different).append(key)
        batch.gone = [key for (key,) in _rows(GONE, **span)]
    return batch


def _put_right(batch: Batch) -> None:
    """Write what the members are by now, whatever the verification saw.

    The locks keep writers from changing them in between, so that no newer value is overwritten by an older one: FOR
    UPDATE on the members, since the foreign key of a profile that is being inserted locks its member FOR KEY SHARE
    (in the backend's tables: a deferred foreign key does so at the commit only); FOR SHARE on the profiles.
    """
    keys = sorted(batch.missing + batch.different)
    with transaction.atomic(using=PRIMARY):
        _execute("SET LOCAL timezone TO 'UTC'")
        _execute("SELECT FROM users WHERE id = ANY(%(keys)s) ORDER BY id FOR UPDATE", keys=keys)
        _execute("SELECT FROM user_profiles WHERE user_id = ANY(%(keys)s) ORDER BY user_id FOR SHARE", keys=keys)
        _execute(REBUILD, keys=keys)
        _execute(REMOVE, keys=batch.gone)


def _execute(statement: str, **values: Any) -> None:
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(statement, values)


def _rows(statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
