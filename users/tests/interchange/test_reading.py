"""Records of files however broken: line numbers, quotes, and nothing swallowed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from users.interchange.reading import RECORD_LIMIT, Fault, Record
from users.interchange.table import opened

HEADER = "이름,전화,성별,생년,소개"
ROW = "김철수,010-1234-5678,남,93,안녕"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "members.csv"


def read(file: Path, *lines: str, line_break: str = "\n") -> list[Record]:
    file.write_bytes((line_break.join((HEADER, *lines)) + line_break).encode())
    with opened(file) as table:
        return list(table)


def lines_and_faults(records: list[Record]) -> list[tuple[int, Fault | None]]:
    return [(record.line, record.fault) for record in records]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_every_line_break_ends_a_row(file: Path, line_break: str) -> None:
    records = read(file, ROW, "", ROW, line_break=line_break)
    assert records == [Record(2, ROW.split(",")), Record(3, []), Record(4, ROW.split(","))]


def test_a_last_row_without_a_line_break_is_a_row(file: Path) -> None:
    file.write_bytes(f"{HEADER}\n{ROW}".encode())
    with opened(file) as table:
        assert [record.cells for record in table] == [ROW.split(",")]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_quoted_cell_holds_line_breaks_delimiters_and_quotes(file: Path, line_break: str) -> None:
    quoted = f'김철수,01012345678,남,93,"첫 줄, ""인용""{line_break}{line_break}셋째 줄"'
    records = read(file, quoted, ROW, line_break=line_break)
    assert [record.line for record in records] == [2, 5]
    assert records[0].cells[4] == f'첫 줄, "인용"{line_break}{line_break}셋째 줄'


def test_a_quoted_first_cell_may_go_on_in_a_line_that_ends_like_a_row(file: Path) -> None:
    file.write_text('소개,이름,전화,성별,생년\n"첫 줄\n둘째",김철수,01012345678,남,93\n', encoding="utf-8")
    with opened(file) as table:
        assert list(table) == [Record(2, ["첫 줄\n둘째", "김철수", "01012345678", "남", "93"])]


@pytest.mark.parametrize(
    "opening",
    ['김철수,01012345678,남,93,"안녕', '"김철수,01012345678,남,93,안녕', '김철수,01012345678,"남,93,안녕'],
)
@pytest.mark.parametrize("swallowed", [ROW, '이영희,01022223333,여,94,"안녕"', '이영희,01022223333,여,94,5" 안녕'])
def test_an_unclosed_quote_costs_its_own_line_and_no_other(file: Path, opening: str, swallowed: str) -> None:
    records = read(file, ROW, opening, swallowed, ROW)
    assert lines_and_faults(records) == [(2, None), (3, Fault.UNBALANCED_QUOTES), (4, None), (5, None)]
    assert records[1].cells == [opening]


def test_an_unclosed_quote_on_the_last_line_costs_that_line(file: Path) -> None:
    assert lines_and_faults(read(file, ROW, ROW[:-2] + '"안녕')) == [(2, None), (3, Fault.UNBALANCED_QUOTES)]


def test_a_quote_that_closes_in_the_middle_of_a_cell_is_a_fault(file: Path) -> None:
    assert lines_and_faults(read(file, '김철수,01012345678,남,93,"안"녕', ROW)) == [
        (2, Fault.UNBALANCED_QUOTES),
        (3, None),
    ]


def test_a_quotation_mark_within_a_cell_is_a_character(file: Path) -> None:
    assert read(file, '김철수,01012345678,남,93,키 5"11')[0].cells[4] == '키 5"11'


def test_an_endless_line_is_one_fault_and_the_next_is_read(file: Path) -> None:
    records = read(file, ROW + "가" * 3 * RECORD_LIMIT, ROW)
    assert lines_and_faults(records) == [(2, Fault.TOO_LONG), (3, None)]
    assert len(records[0].cells[0]) == RECORD_LIMIT


def test_a_quote_that_closes_only_after_the_limit_is_a_fault(file: Path) -> None:
    text = ['김철수,01012345678,남,93,"', *["가" * 999] * (RECORD_LIMIT // 1000 + 1), '"']
    records = read(file, *text, ROW)
    assert lines_and_faults(records)[0] == (2, Fault.UNBALANCED_QUOTES)
    assert len(records) == len(text) + 1


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("preamble", ["", "sep={}\n", '"sep={}"\r\n', "\n\n"])
def test_the_delimiter_is_the_one_that_makes_known_headers(file: Path, delimiter: str, preamble: str) -> None:
    header = HEADER.replace(",", delimiter).replace("소개", '"소개(취미, 성격; 100자)"')
    file.write_text(preamble.format(delimiter) + f"{header}\n{ROW.replace(',', delimiter)}\n", encoding="utf-8")
    with opened(file) as table:
        assert table.delimiter == delimiter
        assert [record.cells for record in table] == [ROW.split(",")]


def test_a_header_may_have_line_breaks_in_its_cells(file: Path) -> None:
    file.write_text(f'이름,"휴대폰\n번호",성별,생년,"소개\n(100자)"\n{ROW}\n', encoding="utf-8")
    with opened(file) as table:
        assert [(record.line, len(record.cells)) for record in table] == [(4, 5)]


def test_utf_16_and_cp949_are_read_as_text(file: Path) -> None:
    for encoding in ("utf-16", "cp949", "utf-8-sig"):
        file.write_text(f"{HEADER}\n{ROW}\n".replace(",", "\t"), encoding=encoding)
        with opened(file) as table:
            assert [record.cells for record in table] == [ROW.split(",")]


DIRT = st.text(st.sampled_from("\",;\t\n\r\x00'=가a0 \u2028"), max_size=60)


@given(dirt=DIRT)
def test_no_dirt_raises_and_what_follows_it_is_read(tmp_path_factory: pytest.TempPathFactory, dirt: str) -> None:
    file = tmp_path_factory.mktemp("dirt") / "members.csv"
    file.write_bytes(f"{HEADER}\n{dirt}\n{ROW}\n{ROW}\n".encode())
    with opened(file) as table:
        assert [record.cells for record in table][-2:] == [ROW.split(",")] * 2
