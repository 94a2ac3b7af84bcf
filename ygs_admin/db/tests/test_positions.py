"""Positions in the log, and how they are read."""

import pytest
from django.db import connection

from ygs_admin.db.replication.position import NEVER, Position, before_header, position_of, somewhere_later

HERE = Position("7391", 2, 1000)


@pytest.mark.parametrize("other", [HERE, Position("7391", 2, 1001)])
def test_who_is_as_far_has_seen_it(other):
    assert HERE.is_reached_by(other)


@pytest.mark.parametrize("other", [Position("7391", 2, 999), Position("7391", 3, 2000), Position("7392", 2, 2000)])
def test_who_is_behind_or_of_another_history_has_not(other):
    assert not HERE.is_reached_by(other)


def test_nobody_reaches_a_write_whose_position_is_unknown():
    assert not somewhere_later(HERE.history).is_reached_by(Position(*HERE.history, NEVER - 1))


def test_what_is_written_can_be_read():
    assert Position.parse(str(HERE)) == HERE


@pytest.mark.parametrize("text", ["", "1.2", "1.2.3.4", "a.x.1", "a.1.x", "a.1"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):
        Position.parse(text)


@pytest.mark.parametrize(
    ("lsn", "end"), [(8192 + 24, 8192), (16 * 2**20 + 40, 16 * 2**20), (8192 + 32, 8192 + 32), (8192, 8192), (0, 0)]
)
def test_a_position_behind_the_header_of_an_empty_page_is_the_end_of_the_one_before(lsn, end):
    assert before_header(lsn) == end


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["on", "off"])
def test_the_position_after_a_commit_is_behind_it_however_it_is_flushed(mode):
    before = position_of(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, false)", [mode])
        cursor.execute("CREATE TABLE of_the_test (a int)")
        between = position_of(connection)
        cursor.execute("DROP TABLE of_the_test")
    after = position_of(connection)
    assert before.history == after.history
    assert before.lsn < between.lsn < after.lsn
