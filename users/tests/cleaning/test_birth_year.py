"""Years of birth in every spelling, and the century that two digits stand for."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from users.cleaning import birth_year


@pytest.fixture(autouse=True)
def _in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "written",
    [
        *("1993", "93", "'93", "’93", "１９９３", "1993.0", "'1993"),
        *("93년생", "93 년생", "1993년생", "1993년", "93년", "93생", "1993년도"),
        *("930412", "19930412", "930412생", "1993-04-12", "1993.4.12", "1993. 4. 12.", "93.04.12", "1993/4/12"),
        *("1993년 4월 12일", "1993년 4월", "1993년 4월생", "93년 4월 12일생", "1993-04", "1993-04-12 00:00:00"),
    ],
)
def test_one_year_in_any_spelling_is_the_same_number(written: str) -> None:
    assert birth_year(written) == 1993


@pytest.mark.parametrize(
    ("written", "year"), [("07", 2007), ("00", 2000), ("99", 1999), ("36", 1936), ("1920", 1920), ("000229", 2000)]
)
def test_two_digits_are_the_latest_year_that_makes_an_adult(written: str, year: int) -> None:
    assert birth_year(written) == year


@pytest.mark.parametrize("written", ["08", "20", "35", "200713", "080101"])
def test_two_digits_that_could_mean_a_minor_or_a_very_old_person_are_refused(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        birth_year(written)
    assert refused.value.code == "ambiguous"


@pytest.mark.parametrize("written", ["2008", "2026", "1919", "1800", "9999", "20080101"])
def test_minors_and_the_implausibly_old_are_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        birth_year(written)


@pytest.mark.parametrize("written", ["930412-1234567", "930412-1******", "9304121234567", "930412 - 1xxxxxx"])
def test_a_resident_registration_number_is_refused_as_one(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        birth_year(written)
    assert refused.value.code == "rrn"


@pytest.mark.parametrize(
    "written",
    ["", "3", "199", "19931", "34071", "33세", "만 33세", "1993년 13월", "931301", "930432", "4/12/1993", "구삼년생"],
)
def test_what_is_no_year_is_refused(written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        birth_year(written)
    assert refused.value.code == "invalid"
