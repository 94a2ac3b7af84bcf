import numpy as np
import pytest
from hypothesis import given, settings

from matching.engine.explaining import explain
from matching.engine.members import MemberRecord
from matching.engine.ranking import rank_partners
from matching.engine.settings import AcceptancePriors, EngineSettings

from . import reference
from .drawing import markets

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)
SETTINGS = EngineSettings(priors=PRIORS)


@settings(deadline=None)
@given(markets())
def test_possible_partners_come_best_first(members: list[MemberRecord]) -> None:
    for member in members:
        ranked = rank_partners(member, members, SETTINGS)
        partners = {pair.a if pair.b == member.id else pair.b for pair in ranked}
        scores = [pair.score for pair in ranked]

        assert partners == {
            other.id
            for other in members
            if other is not member and reference.is_possible(member, other, SETTINGS, PRIORS)
        }
        assert scores == sorted(scores, reverse=True)
        assert all(pair.a < pair.b for pair in ranked)


MEMBERS = [MemberRecord(f"usr_{n}", ("male", "female")[n % 2], 1990, mbti=("INTJ", None)[n // 4]) for n in range(8)]
ME = MEMBERS[3]._replace(wishes=MEMBERS[3].wishes._replace(mbti=("INTJ",)))


def test_equal_pairs_are_ordered_by_id_whatever_the_order_of_the_others() -> None:
    for seed in range(3):
        others = [MEMBERS[n] for n in np.random.default_rng(seed).permutation(8)]
        ranked = rank_partners(ME, others, SETTINGS)
        assert [(pair.a, pair.b) for pair in ranked] == [
            ("usr_0", "usr_3"), ("usr_2", "usr_3"), ("usr_3", "usr_4"), ("usr_3", "usr_6"),
        ]  # fmt: skip


def test_a_limit_gives_the_best_alone() -> None:
    assert [pair.a for pair in rank_partners(ME, MEMBERS, SETTINGS, limit=2)] == ["usr_0", "usr_2"]


def test_who_was_met_before_is_not_offered() -> None:
    ranked = rank_partners(ME, MEMBERS, SETTINGS, excluded=[("usr_3", "usr_0"), ("usr_3", "usr_4")])

    assert [(pair.a, pair.b) for pair in ranked] == [("usr_2", "usr_3"), ("usr_3", "usr_6")]


def test_the_explanation_belongs_to_the_pair_as_it_is_named() -> None:
    pair = rank_partners(ME, MEMBERS, SETTINGS)[0]

    assert pair.explanation == explain(MEMBERS[0], ME, SETTINGS)
    assert pair.score == pair.explanation.score


@pytest.mark.parametrize("gender", ["other", ""])
def test_a_member_of_neither_gender_has_no_partners(gender: str) -> None:
    assert rank_partners(ME._replace(gender=gender), MEMBERS, SETTINGS) == []
