"""Mobile numbers in every spelling that address books and spreadsheets leave them in."""

import pytest
from django.core.exceptions import ValidationError

from users.cleaning import phone


@pytest.mark.parametrize(
    "written",
    [
        "01012345678",
        "010-1234-5678",
        "010 1234 5678",
        "010.1234.5678",
        "(010)1234-5678",
        "010–1234–5678",
        "010‑1234‑5678",
        "０１０－１２３４－５６７８",
        "  010-1234-5678\u00a0",
        "\u202a010-1234-5678\u202c",
        "\u200b010\u200b12345678",
        "+82 10-1234-5678",
        "+82 010 1234 5678",
        "+82 (0)10-1234-5678",
        "+821012345678",
        "821012345678",
        "821012345678.0",
        "0082 10 1234 5678",
        "1012345678",
        "1012345678.0",
        "10-1234-5678",
        "'01012345678",
        "’01012345678",
    ],
)
def test_one_number_in_any_spelling_is_the_same_digits(written: str) -> None:
    assert phone(written) == "01012345678"


@pytest.mark.parametrize(
    ("written", "digits"),
    [("011-123-4567", "0111234567"), ("111234567", "0111234567"), ("019-1234-5678", "01912345678")],
)
def test_older_prefixes_keep_their_shorter_numbers(written: str, digits: str) -> None:
    assert phone(written) == digits


@pytest.mark.parametrize("written", ["1.01234568E+9", "1.01235E+09", "1E+10", "8,21012E+11", "1.01235e9", "１Ｅ＋０９"])
def test_scientific_notation_is_refused_for_its_lost_digits(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        phone(written)
    assert refused.value.code == "lost_digits"


@pytest.mark.parametrize(
    "written",
    [
        "02-123-4567",
        "010-123-4567",
        "010-1234-567",
        "010-1234-56789",
        "010-1234-5678 / 010-2222-3333",
        "010-1234-5678 (엄마)",
        "O10-1234-5678",
        "010-l234-5678",
        "+1 202 555 0100",
        "010-****-5678",
        "없음",
        "-",
    ],
)
def test_what_is_no_mobile_number_is_refused_and_not_guessed(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        phone(written)
    assert refused.value.code == "invalid"
