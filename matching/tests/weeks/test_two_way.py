"""The two-way table in words."""

import pytest

from matching.two_way import in_words, read_two_way

pytestmark = pytest.mark.usefixtures("settings")


def test_the_table_says_what_each_asked_for_and_what_the_other_has(explanation):
    table = read_two_way(explanation)
    assert table is not None
    age, education, smoking = table.a_to_b.lines
    assert (age.label, age.asked, age.has, age.is_must_have) == ("나이", "1985–1992년생", "1990년생", True)
    assert (education.asked, education.has, education.fit) == ("대학교 졸업 이상", "석사", 100)
    assert (smoking.asked, smoking.has, smoking.fit) == ("비흡연, 금연 중", "", None)
    assert sum(line.contribution for line in table.a_to_b.lines) == table.a_to_b.preference
    assert table.b_to_a.acceptance == 80


@pytest.mark.parametrize(
    ("group", "value", "words"),
    [
        ("age", {"min": 1990, "max": None}, "1990년생부터"),
        ("height", {"min": None, "max": 180}, "180 cm까지"),
        ("height", {"min": 170, "max": 170}, "170 cm"),
        ("height", {"min": None, "max": None}, ""),
        ("district", ["부산 남구", "서울 강남구", "서울 마포구"], "부산 남구 / 서울 강남구, 마포구"),
        ("district", ["서울", "서울 강남구", "세종 세종시"], "서울 / 세종 세종시"),
        ("district", "서울 강남구", "서울 강남구"),
        ("religion", ["an unknown one"], "an unknown one"),
        ("a new group", 3, "3"),
        ("salary", None, ""),
    ],
)
def test_values_are_said_in_words(group, value, words):
    assert in_words(group, value) == words


@pytest.mark.parametrize(
    "explanation",
    [None, [], "text", {}, {"score": 1}, {"a_to_b": {"age": 1.0}, "b_to_a": {}}, {"score": "x", "a_to_b": 1}],
)
def test_what_is_no_explanation_has_no_table(explanation):
    assert read_two_way(explanation) is None
