"""Which statements are writes that the person's next page must show."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from users.models import Action, User, UserAccessAudit
from ygs_admin.db.ids import new_id
from ygs_admin.db.postgresql.noting import table_written
from ygs_admin.db.routing import reading_from_replica

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ('INSERT INTO "users" ("id") VALUES (%s)', "users"),
        ('UPDATE "users" SET name = %s', "users"),
        ("update only users set name = 1", "users"),
        ("  DELETE FROM public.users WHERE id = %s", "users"),
        ("MERGE INTO users USING x ON true", "users"),
        ("WITH who AS (SELECT 1) UPDATE users SET name = 1", "users"),
        ("WITH gone AS (DELETE FROM user_photos RETURNING id) SELECT * FROM gone", "user_photos"),
        ("TRUNCATE TABLE users CASCADE", "users"),
        ("COPY users FROM STDIN", "users"),
        ('SELECT "users"."id" FROM "users" FOR UPDATE', None),
        ("SELECT 'INSERT INTO users'", None),
        ("(SELECT 1) UNION (SELECT 2)", None),
        ("SAVEPOINT x", None),
        ("", None),
    ],
)
def test_the_table_that_a_statement_writes(statement, table):
    assert table_written(statement) == table


def test_a_committed_write_must_be_read_back(make_member):
    member = make_member()
    with reading_from_replica() as reads:
        User.objects.filter(pk=member.pk).update(name="김영희")
    assert reads.must_be_read_back


def test_many_rows_in_one_call_are_a_write(make_member):
    member = make_member()
    with reading_from_replica() as reads, connection.cursor() as cursor:
        cursor.executemany("UPDATE users SET name = %s WHERE id = %s", [["김영희", member.pk], ["박새롬", member.pk]])
    assert reads.must_be_read_back


def test_so_is_what_is_copied_in(make_member):
    member = make_member()
    with (
        reading_from_replica() as reads,
        connection.cursor() as cursor,
        cursor.copy("COPY user_photos (id, user_id, s3_key, display_order, created_at) FROM STDIN") as copy,
    ):
        copy.write_row([new_id("pho"), member.pk, "photos/1.jpg", 0, timezone.now()])
        assert not reads.must_be_read_back
    assert reads.must_be_read_back


@pytest.mark.parametrize(
    "statement", [sql.SQL("UPDATE {} SET name = 'x'").format(sql.Identifier("users")), b"UPDATE users SET name = 'x'"]
)
def test_so_is_what_goes_past_django_over_its_connection(statement):
    connection.ensure_connection()
    with reading_from_replica() as reads:
        connection.connection.execute(statement)
    assert reads.must_be_read_back


def test_what_is_copied_out_is_none():
    asked = "COPY (SELECT id FROM users) TO STDOUT"
    with reading_from_replica() as reads, connection.cursor() as cursor, cursor.copy(asked) as copy:
        assert list(copy) == []
    assert not reads.must_be_read_back


def test_a_table_that_is_always_read_from_the_primary_wants_no_token():
    with reading_from_replica() as reads, connection.cursor() as cursor:
        cursor.execute("DELETE FROM auth_group WHERE id < 0")
    assert not reads.must_be_read_back


def test_a_table_of_the_backends_that_the_console_does_not_know_wants_one():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE messages (body text)")
        try:
            with reading_from_replica() as reads:
                cursor.execute("INSERT INTO messages VALUES ('x')")
        finally:
            cursor.execute("DROP TABLE messages")
    assert reads.must_be_read_back


def test_an_audit_row_or_a_session_need_not_be_read_back():
    with reading_from_replica() as reads:
        UserAccessAudit.record(Action.VIEW, by=None)
        Session.objects.create(session_key="x", session_data="", expire_date=timezone.now())
    assert not reads.must_be_read_back


def test_a_write_in_a_transaction_counts_once_it_is_committed(make_member):
    member = make_member()
    with reading_from_replica() as reads:
        with transaction.atomic():
            User.objects.filter(pk=member.pk).update(name="김영희")
            assert not reads.must_be_read_back
            assert reads.has_written
        assert reads.must_be_read_back


def test_a_write_that_failed_counts_for_nothing(make_member):
    make_member(phone="01012345678")
    with reading_from_replica() as reads, pytest.raises(Exception, match="duplicate"):
        make_member(phone="01012345678")
    assert not reads.must_be_read_back
