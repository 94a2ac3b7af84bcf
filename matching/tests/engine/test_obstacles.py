import pytest
from hypothesis import given, settings

from matching.engine.members import MemberRecord, Wishes
from matching.engine.obstacles import why_not
from matching.engine.results import Obstacle
from matching.engine.settings import AcceptancePriors, EngineSettings

from . import reference
from .drawing import couples

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)
SETTINGS = EngineSettings(priors=PRIORS, floor=0.2)
MAN = MemberRecord("usr_1", "male", 1990, height=180)
WOMAN = MemberRecord("usr_2", "female", 1992)


@settings(deadline=None, max_examples=300)
@given(couples())
def test_there_is_an_obstacle_just_where_a_pair_is_not_possible(couple: tuple[MemberRecord, MemberRecord]) -> None:
    a, b = couple
    obstacles = why_not(a, b, SETTINGS)
    broken = {(asker.id, group) for asker, other in (couple, couple[::-1]) for group in reference.broken(asker, other)}
    least = min(reference.direction(a, b, PRIORS), reference.direction(b, a, PRIORS))

    assert {(each.by, each.group) for each in obstacles if each.code == "must_have"} == broken
    if abs(least - SETTINGS.floor) > 1e-3:
        assert (not obstacles) == reference.is_possible(a, b, SETTINGS, PRIORS)


def test_a_broken_must_have_says_what_is_asked_and_what_there_is() -> None:
    tall = WOMAN._replace(wishes=Wishes(height_min=185, must_have=frozenset({"height"})))
    picky = MAN._replace(wishes=Wishes(religions=("catholic",), must_have=frozenset({"religion"})))

    assert why_not(picky, tall, SETTINGS) == [
        Obstacle("must_have", "usr_1", "religion", ["catholic"], None),
        Obstacle("must_have", "usr_2", "height", {"min": 185, "max": None}, 180),
    ]


def test_a_low_score_is_one_of_the_side_that_gives_it() -> None:
    woman = WOMAN._replace(wishes=Wishes(birth_year_min=2000))

    assert why_not(woman, MAN, SETTINGS) == [Obstacle("floor", "usr_2", None, 0.2, 0.0)]


@pytest.mark.parametrize("pair", [("usr_1", "usr_2"), ("usr_2", "usr_1")])
def test_pairs_stand_in_either_order(pair: tuple[str, str]) -> None:
    assert why_not(MAN, WOMAN, SETTINGS, introduced=[pair]) == [Obstacle("introduced")]
    assert why_not(MAN, WOMAN, SETTINGS, forbidden={pair}) == [Obstacle("forbidden")]
    assert why_not(MAN, WOMAN, SETTINGS, introduced={("usr_1", "usr_3")}) == []


def test_two_of_one_gender() -> None:
    assert why_not(MAN, MAN._replace(id="usr_3"), SETTINGS) == [Obstacle("gender")]
    assert why_not(MAN, MAN._replace(id="usr_3", gender="other"), SETTINGS) == [Obstacle("gender")]
