"""Cursors: what a link carries, and what becomes of a bad one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from users.models import MemberSearch
from ygs_admin.web.keyset import Cursor, SortKey

ORDER = (SortKey("created_at", descending=True), SortKey("user_id", descending=True))


def decode(text):
    return Cursor.decode(text, ORDER, MemberSearch)


@pytest.mark.parametrize("backwards", [True, False])
def test_a_cursor_survives_the_link(backwards):
    cursor = Cursor(
        (datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC), "usr_01HQ5K3NXYZABCDEFGHJKMNPQR"), backwards, 50
    )
    assert decode(cursor.encode()) == cursor


@given(st.text())
def test_any_text_is_a_cursor_or_none(text):
    assert decode(text) is None or isinstance(decode(text), Cursor)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_any_value_in_a_cursor_is_taken_or_refused(value):
    for values in (value, [value, value]):
        forged = Cursor.__new__(Cursor)
        object.__setattr__(forged, "values", values if isinstance(values, list) else [values])
        object.__setattr__(forged, "backwards", value)
        object.__setattr__(forged, "position", value)
        assert decode(forged.encode()) is None or isinstance(decode(forged.encode()), Cursor)


def test_a_cursor_of_another_order_is_none():
    assert decode(Cursor((1990, "usr_01HQ5K3NXYZABCDEFGHJKMNPQR")).encode()) is None


def test_a_null_character_is_none():
    assert decode(Cursor((datetime(2026, 1, 1, tzinfo=UTC), "usr\x00")).encode()) is None
