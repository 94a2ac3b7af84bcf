"""Headers in two languages and many spellings."""

import pytest
from django.utils.translation import override

from users.interchange.columns import COLUMNS
from users.interchange.errors import HeaderError
from users.interchange.headers import OTHER_HEADERS, TITLES, _plain, column_of, layout_of
from users.interchange.words import listed

REQUIRED = ["이름", "전화", "성별", "생년"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        *[
            (header, "phone")
            for header in ("휴대폰 번호", "휴대폰번호", "휴대폰_번호*", "연락처(필수)", "H.P", "Mobile No.")
        ],
        *[(header, "height") for header in ("키", "키(cm)", "키 (CM)", "키（㎝）", "키cm", "신장[cm]", "HEIGHT (cm)")],
        *[
            (header, "birth_year")
            for header in ("출생연도", "출생년도", "생년", "생년월일", "birth_year", "Date of Birth")
        ],
        *[(header, "salary_range") for header in ("연봉", "연봉(만원)", "연봉 구간", "Salary Range")],
        *[(header, "kakao_id") for header in ("카카오ID", "카톡 아이디", "KakaoTalk ID")],
        ("*이름\n(실명)", "name"),
        ("E-Mail", "email"),
    ],
)
def test_a_column_goes_by_many_names(header: str, name: str) -> None:
    column = column_of(header)
    assert column is not None
    assert column.name == name


def test_no_name_stands_for_two_columns() -> None:
    names = [
        (_plain(header), column.name)
        for column in COLUMNS
        for header in {column.name, *TITLES[column.name], *listed(OTHER_HEADERS[column.name])}
    ]
    by_name: dict[str, set[str]] = {}
    for folded, name in names:
        by_name.setdefault(folded, set()).add(name)
    assert [folded for folded, columns in by_name.items() if len(columns) > 1] == []


def test_an_unknown_header_is_named_with_those_that_are_known() -> None:
    with override("ko"), pytest.raises(HeaderError) as refused:
        layout_of([*REQUIRED, "혈액형", "등급"])
    assert "혈액형, 등급" in str(refused.value)
    assert all(korean in str(refused.value) for korean, _english in TITLES.values())


def test_unknown_headers_are_left_out_on_demand() -> None:
    layout = layout_of([*REQUIRED, "혈액형", ""], ignore_unknown=True)
    assert layout.ignored == ["혈액형"]
    assert layout.columns[4:] == (None, None)


def test_every_problem_of_a_header_is_named_at_once() -> None:
    with override("en"), pytest.raises(HeaderError) as refused:
        layout_of(["이름", "성명", "blood type", "휴대폰"])
    message = str(refused.value)
    assert "blood type" in message
    assert "이름, 성명" in message
    assert "Gender, Birth year" in message


def test_the_columns_of_a_rejects_file_are_not_imported() -> None:
    for annotations in (["줄", "항목", "사유"], ["line", "field", "reason"]):
        layout = layout_of([*annotations, *REQUIRED])
        assert layout.annotations == 3
        assert layout.ignored == []
        assert sorted(layout.required_positions.values()) == [3, 4, 5, 6]
    with pytest.raises(HeaderError, match="사유"):
        layout_of([*REQUIRED, "사유"])
