"""Heights, names, texts, e-mail addresses and districts."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from users import cleaning


@pytest.mark.parametrize(
    ("written", "centimetres"),
    [
        *[
            (written, 175)
            for written in ("175", "175cm", "175 CM", "175㎝", "１７５", "175.0", "175.4", "174.5", "175센티")
        ],
        *[(written, 175) for written in ("1.75m", "1.75", "'175", "175,4")],
        ("174.49", 174),
        ("120", 120),
        ("230", 230),
    ],
)
def test_heights_are_whole_centimetres(written: str, centimetres: int) -> None:
    assert cleaning.height(written) == centimetres


@pytest.mark.parametrize("written", ["", "17", "1750", "119", "231", "5'11\"", "키 175", "175kg", "-175", "1e2"])
def test_what_is_no_height_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        cleaning.height(written)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("  김철수 ", "김철수"),
        (unicodedata.normalize("NFD", "김철수"), "김철수"),
        ("남궁　 민수", "남궁 민수"),
        ("김\u200b철수\ufeff", "김철수"),
        ("김철수\n(재가입)", "김철수 (재가입)"),
        ("Anne-Marie  O'Neill", "Anne-Marie O'Neill"),
        ("가" * 50, "가" * 50),
    ],
)
def test_names_are_composed_trimmed_and_single_spaced(written: str, name: str) -> None:
    assert cleaning.person_name(written) == name


@pytest.mark.parametrize("written", ["", "-", "12345", "가" * 51, "김\x00철수", "김\x07철수", "\u3164", "김\ud800"])
def test_what_is_no_name_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        cleaning.person_name(written)


def test_prose_keeps_its_lines_and_its_emoji() -> None:
    assert cleaning.prose(" 첫 줄\r\n둘째 줄\r셋째\t👨‍👩‍👧 \n") == "첫 줄\n둘째 줄\n셋째\t👨‍👩‍👧"


@pytest.mark.parametrize("written", ["a\x00b", "a\x1bb", "a\x85b"])
def test_prose_has_no_control_characters(written: str) -> None:
    with pytest.raises(ValidationError):
        cleaning.prose(written)


@pytest.mark.parametrize(
    ("written", "address"),
    [("Kim.CS@Naver.COM", "Kim.CS@naver.com"), (" a@b.kr\u200b", "a@b.kr"), ("a@한국.kr", "a@한국.kr")],
)
def test_only_the_domain_of_an_address_loses_its_case(written: str, address: str) -> None:
    assert cleaning.email(written) == address


@pytest.mark.parametrize(
    "written", ["", "kim", "kim@", "@naver.com", "kim@naver", "a b@c.kr", "a@b.kr, c@d.kr", "k***"]
)
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        cleaning.email(written)


@pytest.mark.parametrize(
    ("written", "district"),
    [
        ("서울특별시 강남구", "서울 강남구"),
        ("서울시  강남구", "서울 강남구"),
        ("경기도 성남시", "경기 성남시"),
        ("전북특별자치도 전주시", "전북 전주시"),
        ("서울 강남구", "서울 강남구"),
        ("강남구", "강남구"),
        ("광주시", "광주시"),
    ],
)
def test_provinces_are_in_their_short_form(written: str, district: str) -> None:
    assert cleaning.district(written) == district


def test_a_kakao_id_is_one_word() -> None:
    assert cleaning.handle(" kakao_8213 ") == "kakao_8213"
    with pytest.raises(ValidationError):
        cleaning.handle("kakao 8213")
