import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine.explaining import explain, explain_pair
from matching.engine.market import Market
from matching.engine.members import MemberRecord, Wishes
from matching.engine.results import Direction, PairExplanation
from matching.engine.scoring import score_pairs
from matching.engine.settings import AcceptancePriors, EngineSettings

from . import reference
from .drawing import couples, markets

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)
SETTINGS = EngineSettings(priors=PRIORS)


@settings(deadline=None)
@given(markets())
def test_an_explanation_gives_the_numbers_of_the_round(members: list[MemberRecord]) -> None:
    market = Market.of(members, SETTINGS)
    for a, man in enumerate(market.men.members):
        for b, woman in enumerate(market.women.members):
            scores = score_pairs(market, np.array([a]), np.array([b]))
            explanation = explain_pair(market, a, b)
            assert explanation == explain(man, woman, SETTINGS)
            assert explanation.score == pytest.approx(scores.mutual[0], abs=1e-9)
            assert explanation.a_to_b.score == pytest.approx(max(scores.forth[0], 0), abs=1e-9)
            assert explanation.b_to_a.score == pytest.approx(max(scores.back[0], 0), abs=1e-9)


@settings(deadline=None)
@given(couples())
def test_contributions_add_up(couple: tuple[MemberRecord, MemberRecord]) -> None:
    explanation = explain(*couple, SETTINGS)
    sides = ((explanation.a_to_b, couple), (explanation.b_to_a, couple[::-1]))
    for direction, (asker, other) in sides:
        total = sum(group.contribution for group in direction.groups)
        assert direction.preference == pytest.approx(total if direction.groups else 0.5)
        if reference.broken(asker, other):
            assert direction.score == 0
        else:
            assert direction.score == pytest.approx(direction.preference * direction.acceptance)
        assert {group.group: group.fit for group in direction.groups}.keys() == dict(
            reference.asked_fits(asker, other)
        ).keys()


@settings(deadline=None)
@given(couples())
def test_the_other_way_round_is_the_same_turned(couple: tuple[MemberRecord, MemberRecord]) -> None:
    there, back = explain(*couple, SETTINGS), explain(*couple[::-1], SETTINGS)

    assert (there.score, there.a_to_b, there.b_to_a) == (back.score, back.b_to_a, back.a_to_b)


@settings(deadline=None)
@given(couples())
def test_it_survives_as_json(couple: tuple[MemberRecord, MemberRecord]) -> None:
    explanation = explain(*couple, SETTINGS)

    assert PairExplanation.from_json(explanation.as_json()) == explanation


MAN = MemberRecord("usr_1", "male", 1990, height=180)
WOMAN = MemberRecord("usr_2", "female", 1992)


def test_a_row_says_what_is_asked_and_what_there_is() -> None:
    asks = Wishes(
        height_min=170,
        height_max=182,
        districts=("서울 강남구",),
        weights={"height": 4},
        must_have=frozenset({"height"}),
    )
    direction = explain(WOMAN._replace(wishes=asks), MAN, SETTINGS).a_to_b
    height, district = direction.groups

    assert (height.group, height.is_must_have, height.weight) == ("height", True, 4)
    assert (height.asked, height.has, height.fit) == ({"min": 170, "max": 182}, 180, 1.0)
    assert (district.asked, district.has, district.fit) == (["서울 강남구"], None, None)
    assert height.contribution == pytest.approx(4 / 7)
    assert district.contribution == pytest.approx(1.5 / 7)


def test_who_asks_for_nothing_has_no_rows() -> None:
    assert explain(MAN, WOMAN, EngineSettings()).a_to_b == Direction(0.5, 0.5, 1.0, ())


def test_two_of_one_gender_have_no_explanation() -> None:
    with pytest.raises(ValueError, match="not a man and a woman"):
        explain(MAN, WOMAN._replace(gender="male"), SETTINGS)
