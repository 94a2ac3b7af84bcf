import pytest

from matching.engine.acceptance import CAP, acceptance_factor, learned_priors
from matching.engine.members import Answers, MemberRecord


def test_a_new_member_is_exactly_neutral() -> None:
    assert all(acceptance_factor(Answers(), prior / 97) == 1.0 for prior in range(1, 97))


def test_a_member_at_the_mean_is_neutral() -> None:
    assert acceptance_factor(Answers(3, 10), 0.3) == pytest.approx(1)


def test_of_equal_rates_the_more_often_shown_counts_more() -> None:
    assert 1 < acceptance_factor(Answers(2, 3), 0.5) < acceptance_factor(Answers(20, 30), 0.5)
    assert 1 > acceptance_factor(Answers(1, 3), 0.5) > acceptance_factor(Answers(10, 30), 0.5)


@pytest.mark.parametrize("answers", [Answers(0, 10_000), Answers(10_000, 10_000), Answers(9, -3), Answers(50, 10)])
def test_no_history_dominates(answers: Answers) -> None:
    assert 1 / CAP <= acceptance_factor(answers, 0.1) <= CAP


def test_the_market_s_own_rates_are_the_mean_to_judge_by() -> None:
    members = [
        MemberRecord("usr_1", "male", 1990, gave=Answers(90, 100), got=Answers(10, 100)),
        MemberRecord("usr_2", "female", 1990, gave=Answers(20, 100), got=Answers(80, 100)),
    ]
    priors = learned_priors(members)

    assert priors.male_gives > 0.85
    assert priors.male_gets < 0.15
    assert priors.female_gives < 0.25
    assert priors.female_gets > 0.75


def test_without_any_history_the_mean_is_even() -> None:
    assert learned_priors([]).male_gives == 0.5
