"""Choices by value, by label in two languages, and by other usual words."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import override

from users.interchange.labels import ENGLISH, KOREAN, OTHER_WORDS, labels, value_of
from users.interchange.mbti import mbti
from users.interchange.salary import salary_range
from users.interchange.words import folded, listed
from users.models import Gender, UserStatus
from users.models.vocabulary import Education, Mbti, SalaryRange

CHOICES = [Gender, UserStatus, Education, SalaryRange, Mbti]


@pytest.mark.parametrize("choices", CHOICES)
@pytest.mark.parametrize("language", [KOREAN, ENGLISH])
def test_values_and_labels_name_their_choice(choices: type[TextChoices], language: str) -> None:
    for value, label in labels(choices, language).items():
        assert value_of(choices, value) == value_of(choices, f" {label.upper()} ") == value


@pytest.mark.parametrize("choices", CHOICES)
def test_no_word_names_two_choices(choices: type[TextChoices]) -> None:
    meanings: dict[str, set[str]] = {}
    for value in choices.values:
        others = listed(OTHER_WORDS.get(choices, {}).get(value, ""))
        words = {value, labels(choices, KOREAN)[value], labels(choices, ENGLISH)[value], *others}
        for word in words:
            meanings.setdefault(folded(word), set()).add(value)
    assert [word for word, values in meanings.items() if len(values) > 1] == []


@pytest.mark.parametrize(
    ("choices", "word", "value"),
    [
        *[(Gender, word, "male") for word in ("남", "남자", "남성", "M", "male", " MALE ", "Ｍ", "남(M)")],
        *[(Gender, word, "female") for word in ("여", "여자", "여성", "f", "Female")],
        *[(Education, word, "bachelor") for word in ("4년제 대졸", "대졸 (4년제)", "학사", "대졸", "bachelor")],
        *[(Education, word, "associate") for word in ("전문대졸", "초대졸", "대졸(2년제)")],
        *[(Education, word, "master") for word in ("석사", "대학원(석사)", "대학원졸")],
        *[(UserStatus, word, "approved") for word in ("승인", "승인 완료", "정회원")],
    ],
)
def test_other_words(choices: type[TextChoices], word: str, value: str) -> None:
    assert value_of(choices, word) == value


def test_an_unknown_word_is_answered_with_the_labels() -> None:
    with override("en"), pytest.raises(ValidationError, match=r"박사수료.*Bachelor's degree"):
        value_of(Education, "박사수료")


@pytest.mark.parametrize(
    ("stated", "band"),
    [
        *[
            (text, "5000_7000")
            for text in ("연봉 5000~7000만원", "5,000-7,000", "5000만원 이상 7000만원 미만", "5천~7천만원")
        ],
        *[
            (text, "5000_7000")
            for text in ("5,500만원", "5500", "55000000", "55,000,000원", "5천만원", "약 6천", "₩60,000,000")
        ],
        *[(text, "under_3000") for text in ("3천만원 미만", "3000 이하", "2,800만원", "0", "28000000원")],
        *[(text, "over_20000") for text in ("2억 이상", "2억원+", "20000만원 초과", "3억", "2억5천만원")],
        *[(text, "10000_15000") for text in ("1억~1억5천", "1억 2,000만원", "1.2억", "10,000~15,000만원", "1억")],
        ("4000", "4000_5000"),
        ("5000~6000만원", "5000_7000"),
        ("7000만원 ～ 1억원", "7000_10000"),
    ],
)
def test_salaries_fall_into_their_band(stated: str, band: str) -> None:
    assert salary_range(stated) == band


@pytest.mark.parametrize(
    "stated",
    ["많음", "5천 이상", "4000~6000", "5~7천만원", "7000만원 이하", "-5000", "7000~5000", "5.5.5천", "억", "10000~"],
)
def test_a_salary_that_fits_no_single_band_is_refused(stated: str) -> None:
    with pytest.raises(ValidationError):
        salary_range(stated)


@pytest.mark.parametrize("written", ["ENFP", "enfp", " Enfp ", "ＥＮＦＰ", "ENFP-T", "enfp a"])
def test_mbti_types(written: str) -> None:
    assert mbti(written) == "ENFP"


@pytest.mark.parametrize("written", ["EEEE", "ENF", "ENFPP", "ENFP/INFP", "E"])
def test_what_is_no_mbti_type_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        mbti(written)
