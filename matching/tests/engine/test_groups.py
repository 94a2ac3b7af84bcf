from typing import Any

import pytest

from matching.engine import groups
from matching.engine.members import GROUPS, MemberRecord, Wishes

BY_NAME = {group.name: group for group in groups.ALL}


def fit(name: str, wishes: Wishes, value: Any) -> float:
    group = BY_NAME[name]
    return float(group.against([value])(group.asked(wishes))[0])


def test_the_groups_are_those_of_the_preferences_in_their_order() -> None:
    assert tuple(group.name for group in groups.ALL) == GROUPS


@pytest.mark.parametrize(
    ("year", "expected"), [(1985, 1), (1990, 1), (1991, 5 / 6), (1984, 5 / 6), (1996, 0), (2005, 0)]
)
def test_age_fades_out_over_the_years(year: int, expected: float) -> None:
    assert fit("age", Wishes(birth_year_min=1985, birth_year_max=1990), year) == pytest.approx(expected)


@pytest.mark.parametrize(("height", "expected"), [(170, 1), (200, 1), (169, 10 / 11), (159, 0)])
def test_an_open_range_has_one_edge(height: int, expected: float) -> None:
    assert fit("height", Wishes(height_min=170), height) == pytest.approx(expected)


def test_a_range_turned_round_is_met_by_nobody() -> None:
    wishes = Wishes(birth_year_min=1995, birth_year_max=1990)

    assert all(fit("age", wishes, year) < 1 for year in range(1980, 2005))


@pytest.mark.parametrize(
    ("group", "wishes", "value", "expected"),
    [
        ("education", Wishes(education_min="bachelor"), "doctorate", 1),
        ("education", Wishes(education_min="bachelor"), "associate", 0.5),
        ("education", Wishes(education_min="bachelor"), "high_school", 0),
        ("education", Wishes(education_min="postdoc"), "doctorate", 0),
        ("salary", Wishes(salary_min="5000_7000"), "4000_5000", 0.65),
        ("salary", Wishes(salary_min="5000_7000"), "over_20000", 1),
        ("district", Wishes(districts=("서울 강남구",)), "서울 강남구", 1),
        ("district", Wishes(districts=("서울 강남구",)), "서울 마포구", 0.5),
        ("district", Wishes(districts=("서울 강남구",)), "경기 성남시", 0.5),
        ("district", Wishes(districts=("서울 강남구",)), "부산 해운대구", 0),
        ("district", Wishes(districts=("서울",)), "서울 마포구", 1),
        ("district", Wishes(districts=("제주 제주시",)), "제주 서귀포시", 0.5),
        ("district", Wishes(districts=("부산 중구", "서울 중구")), "인천 중구", 0.5),
        ("district", Wishes(districts=(" ",)), " ", 1),
        ("religion", Wishes(religions=("catholic",)), "protestant", 0),
        ("smoking", Wishes(smoking=("never", "quitting")), "quitting", 1),
        ("drinking", Wishes(drinking=("never",)), "sometimes", 0.5),
        ("drinking", Wishes(drinking=("never",)), "weekly", 0),
        ("drinking", Wishes(drinking=("never",)), "daily", 0),
        ("marital_history", Wishes(marital_histories=("never_married",)), "divorced", 0),
        ("mbti", Wishes(mbti=("INTJ",)), "INTP", 0.5),
        ("mbti", Wishes(mbti=("INTJ",)), "ESFP", 0),
        ("mbti", Wishes(mbti=("INTJ",)), "INTJ-A", 0),
    ],
)
def test_how_well_a_value_fits(group: str, wishes: Wishes, value: str, expected: float) -> None:
    assert fit(group, wishes, value) == pytest.approx(expected)


def test_nothing_is_asked_by_empty_wishes() -> None:
    assert all(group.asked(Wishes()) is None for group in groups.ALL)


def test_a_step_that_the_ladder_does_not_have_is_not_stated() -> None:
    member = MemberRecord("usr_1", "male", 1990, education="bootcamp", salary_range="")

    assert BY_NAME["education"].has(member) is None
    assert BY_NAME["salary"].has(member) is None


def test_a_wish_has_one_spelling() -> None:
    assert BY_NAME["mbti"].asked(Wishes(mbti=("INTP", "INTJ", "INTP"))) == ("INTJ", "INTP")
