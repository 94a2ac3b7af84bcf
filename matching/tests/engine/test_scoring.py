import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine.market import Market
from matching.engine.members import Answers, MemberRecord, Wishes
from matching.engine.scoring import score_pairs
from matching.engine.settings import AcceptancePriors, EngineSettings

from . import reference
from .drawing import markets

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)
SETTINGS = EngineSettings(priors=PRIORS)


def market_of(*members: MemberRecord) -> Market:
    return Market.of(members, SETTINGS)


def every_pair(market: Market) -> tuple[np.ndarray, np.ndarray]:
    a, b = np.divmod(np.arange(len(market.men) * len(market.women)), max(len(market.women), 1))
    return a, b


@settings(deadline=None)
@given(markets())
def test_every_score_is_the_reference_s(members: list[MemberRecord]) -> None:
    market = market_of(*members)
    a, b = every_pair(market)
    scores = score_pairs(market, a, b)

    for man, woman, score, reaches in zip(a, b, scores.mutual, scores.reach(0.2), strict=True):
        pair = market.men.members[man], market.women.members[woman]
        assert score == pytest.approx(reference.mutual(*pair, PRIORS), abs=1e-4)
        if abs(min(reference.direction(*pair, PRIORS), reference.direction(*pair[::-1], PRIORS)) - 0.2) > 1e-3:
            assert reaches == reference.is_possible(*pair, SETTINGS, PRIORS)


@settings(deadline=None)
@given(markets())
def test_a_score_is_symmetric(members: list[MemberRecord]) -> None:
    """Who is a man and who a woman makes no difference, all rates being equal."""
    market = Market.of(members, EngineSettings(priors=AcceptancePriors()))
    other = {"male": "female", "female": "male"}
    mirror = Market.of([m._replace(gender=other[m.gender]) for m in members], EngineSettings(priors=AcceptancePriors()))
    a, b = every_pair(market)

    assert np.allclose(score_pairs(market, a, b).mutual, score_pairs(mirror, b, a).mutual, atol=1e-12, rtol=0)


MAN = MemberRecord("usr_1", "male", 1990)
WOMAN = MemberRecord("usr_2", "female", 1990)


def mutual(man: MemberRecord, woman: MemberRecord) -> float:
    return float(score_pairs(market_of(man, woman), np.array([0]), np.array([0])).mutual[0])


def test_who_asks_for_nothing_is_neutral() -> None:
    assert mutual(MAN, WOMAN) == 0.5


def test_a_new_member_is_exactly_neutral() -> None:
    asks = MAN._replace(wishes=Wishes(birth_year_min=1985))
    answers = market_of(asks, WOMAN)

    assert answers.men.gives.tolist() == [1.0]
    assert answers.women.gets.tolist() == [1.0]


def test_a_missing_value_fails_a_must_have_and_counts_half_otherwise() -> None:
    soft = MAN._replace(wishes=Wishes(height_min=160))
    hard = MAN._replace(wishes=Wishes(height_min=160, must_have=frozenset({"height"})))

    assert mutual(soft, WOMAN) == 0.5
    assert mutual(hard, WOMAN) == 0
    assert mutual(hard, WOMAN._replace(height=165)) > 0


def test_religion_without_consent_is_as_if_not_stated() -> None:
    """The loader gives None for it; a must-have is then not met, rather than guessed at."""
    hard = MAN._replace(wishes=Wishes(religions=("catholic",), must_have=frozenset({"religion"})))

    assert mutual(hard, WOMAN._replace(religion=None)) == 0
    assert mutual(hard, WOMAN._replace(religion="catholic")) > 0


def test_one_low_side_pulls_the_mean_down() -> None:
    choosy = MAN._replace(wishes=Wishes(smoking=("never",), drinking=("never",), mbti=("INTJ",)))
    woman = WOMAN._replace(smoking="never", drinking="often", mbti="ESFP", wishes=Wishes(birth_year_max=1995))

    assert mutual(choosy, woman) == pytest.approx(2 * (1 / 3) / (1 / 3 + 1))


def test_answers_move_a_score_by_no_more_than_two() -> None:
    loved = WOMAN._replace(got=Answers(1000, 1000))
    ignored = WOMAN._replace(got=Answers(0, 1000))
    liking = MAN._replace(wishes=Wishes(birth_year_min=1985, height_min=170))

    assert mutual(liking, ignored) < mutual(liking, WOMAN) < mutual(liking, loved)
    assert mutual(liking, loved) <= 2 * mutual(liking, ignored)
