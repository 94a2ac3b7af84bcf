"""Cells that a spreadsheet would run, and cells that say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from users.interchange.cells import escaped, says_nothing, unescaped


@pytest.mark.parametrize(
    "cell", ["=1+1", "+82", "-1", "@SUM(A1)", "\tx", "\r=x", "＝1", '=HYPERLINK("http://x")', "'=1"]
)
def test_what_runs_as_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert escaped(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "김철수", "'90s", "a=1", "010-1234-5678"])
def test_other_text_stays_as_it_stands(cell: str) -> None:
    assert escaped(cell) == unescaped(cell) == cell


@given(st.text(st.sampled_from("'=+-@\t\r\"0a가 ")))
def test_unescaping_undoes_escaping(cell: str) -> None:
    assert unescaped(escaped(cell)) == cell or cell.startswith(" ")


@given(st.text())
def test_no_escaped_cell_begins_like_a_formula(cell: str) -> None:
    assert escaped(cell)[:1] not in set("=+-@\t\r＝＋－＠")


@pytest.mark.parametrize(("cell", "text"), [('="01012345678"', "01012345678"), ('="a""b"', 'a"b'), ('=" x "', " x ")])
def test_text_that_was_forced_on_excel_is_taken_out(cell: str, text: str) -> None:
    assert unescaped(cell) == text


@pytest.mark.parametrize("cell", ["", " ", "-", "N/A", "#N/A", "NULL", "없음", "nan"])
def test_ways_of_saying_nothing(cell: str) -> None:
    assert says_nothing(cell)


@pytest.mark.parametrize("cell", ["0", "무교", "175", "없음?"])
def test_what_says_something(cell: str) -> None:
    assert not says_nothing(cell)
