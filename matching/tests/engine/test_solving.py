import json
from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.engine.explaining import explain
from matching.engine.members import MemberRecord, Wishes
from matching.engine.pinning import PinImpossibleError
from matching.engine.results import Pair, Phase, RoundResult
from matching.engine.settings import AcceptancePriors, EngineSettings
from matching.engine.solving import solve

from . import reference
from .drawing import markets
from .favourites import favourites

PRIORS = AcceptancePriors(0.6, 0.3, 0.4, 0.55)
SETTINGS = EngineSettings(priors=PRIORS, quota=2)


def pairs_of(result: RoundResult) -> list[Pair]:
    return [(pair.a, pair.b) for pair in result.pairs]


def some_of(members: list[MemberRecord], random: Random, share: float) -> list[Pair]:
    return [(a.id, b.id) for a in members for b in members if a.gender < b.gender and random.random() < share]


@settings(deadline=None, max_examples=200)
@given(markets(), st.randoms())
def test_no_hard_condition_is_ever_broken(members: list[MemberRecord], random: Random) -> None:
    introduced, forbidden = some_of(members, random, 0.15), some_of(members, random, 0.15)
    result = solve(members, SETTINGS, introduced=introduced, forbidden=forbidden)
    by_id = {member.id: member for member in members}
    given = Counter(member_id for pair in pairs_of(result) for member_id in pair)

    for a, b in pairs_of(result):
        assert a < b
        assert reference.is_possible(by_id[a], by_id[b], SETTINGS, PRIORS, [*introduced, *forbidden])
    assert all(count <= min(by_id[member_id].quota, SETTINGS.quota) for member_id, count in given.items())
    assert len(set(pairs_of(result))) == len(result.pairs)
    assert {each.id for each in result.left_out} == by_id.keys() - given.keys()


@settings(deadline=None, max_examples=50)
@given(markets(), st.randoms())
def test_who_is_left_out_with_a_possible_partner_was_outbid(members: list[MemberRecord], random: Random) -> None:
    result = solve(members, SETTINGS)
    by_id = {member.id: member for member in members}
    for each in result.left_out:
        me = by_id[each.id]
        has_partner = any(reference.is_possible(me, other, SETTINGS, PRIORS) for other in members)
        assert (each.reason == "outbid") == (has_partner and me.quota > 0)


@settings(deadline=None, max_examples=50)
@given(markets(), st.randoms())
def test_the_order_of_the_members_makes_no_difference(members: list[MemberRecord], random: Random) -> None:
    introduced = some_of(members, random, 0.2)
    result = solve(members, SETTINGS, introduced=introduced)
    shuffled = solve(random.sample(members, len(members)), SETTINGS, introduced=[pair[::-1] for pair in introduced])

    assert shuffled.pairs == result.pairs
    assert shuffled.left_out == result.left_out


@settings(deadline=None, max_examples=50)
@given(markets(), st.randoms())
def test_pins_stay_and_the_rest_is_the_best_beside_them(members: list[MemberRecord], random: Random) -> None:
    """Whatever has been proposed may be pinned; then nothing else changes either."""
    first = solve(members, SETTINGS)
    pinned = [pair[::-1] for pair in pairs_of(first) if random.random() < 0.5]
    again = solve(members, SETTINGS, pinned=pinned, previous=pairs_of(first))

    assert sorted(pairs_of(again)) == sorted(pairs_of(first))
    assert {(pair.a, pair.b) for pair in again.pairs if pair.is_pinned} == {pair[::-1] for pair in pinned}


def test_a_pin_below_the_floor_stays() -> None:
    man = MemberRecord("usr_1", "male", 1990, wishes=Wishes(birth_year_min=2010))
    woman = MemberRecord("usr_2", "female", 1990)

    assert pairs_of(solve([man, woman], SETTINGS)) == []
    assert pairs_of(solve([man, woman], SETTINGS, pinned=[("usr_2", "usr_1")])) == [("usr_1", "usr_2")]


def test_an_impossible_pin_ends_the_run() -> None:
    with pytest.raises(PinImpossibleError):
        solve(favourites(6), SETTINGS, pinned=[(f"usr_{0:026d}", f"usr_{2:026d}")])


def test_a_forbidden_pair_moves_little_else() -> None:
    members, rules = favourites(120), EngineSettings(candidates=5)
    first = solve(members, rules)
    forbidden = pairs_of(first)[:1]
    again = solve(members, rules, forbidden=forbidden, previous=pairs_of(first))
    kept = set(pairs_of(first)) & set(pairs_of(again))

    assert not set(forbidden) & set(pairs_of(again))
    assert len(kept) >= 0.8 * len(first.pairs)
    assert again.summary["as_before"] == len(kept)


def test_of_equal_rounds_the_former_one_stays() -> None:
    """Nobody asks for anything, so that every perfect matching is as good as any other."""
    members = [MemberRecord(f"usr_{n}", ("male", "female")[n % 2], 1990) for n in range(10)]
    former = [(f"usr_{n}", f"usr_{(n + 5) % 10}") for n in range(0, 10, 2)]
    result = solve(members, EngineSettings(candidates=1), previous=former)

    assert set(pairs_of(result)) == {(min(pair), max(pair)) for pair in former}


def test_waiting_decides_between_equals() -> None:
    men = [MemberRecord(f"usr_{n}", "male", 1990, weeks_waiting=weeks) for n, weeks in enumerate((1, 9, 3))]
    result = solve([*men, MemberRecord("usr_9", "female", 1990)], SETTINGS)

    assert pairs_of(result) == [("usr_1", "usr_9")]
    assert [(each.id, each.reason) for each in result.left_out] == [("usr_0", "outbid"), ("usr_2", "outbid")]


def test_pairs_come_best_first_with_the_explanations_of_single_pairs() -> None:
    members = favourites(40)
    result = solve(members, EngineSettings())
    by_id = {member.id: member for member in members}
    alone = EngineSettings(priors=AcceptancePriors(**result.summary["priors"]))

    assert [pair.score for pair in result.pairs] == sorted((pair.score for pair in result.pairs), reverse=True)
    for pair in result.pairs:
        assert pair.explanation == explain(by_id[pair.a], by_id[pair.b], alone)
        assert pair.score == pair.explanation.score


def test_phases_are_told_in_order() -> None:
    told: list[tuple[Phase, int, int]] = []
    solve(favourites(30), EngineSettings(), progress=lambda *each: told.append(each))

    assert list(dict.fromkeys(phase for phase, _done, _total in told)) == ["candidates", "assignment", "explaining"]
    assert all(0 <= done <= total for _phase, done, total in told)
    assert told[-1][1] == told[-1][2]


@pytest.mark.parametrize("phase", ["candidates", "assignment", "explaining"])
def test_a_run_is_canceled_in_any_phase(phase: Phase) -> None:
    def cancel(now: Phase, done: int, total: int) -> None:
        if now == phase:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        solve(favourites(30), EngineSettings(), progress=cancel)


def test_a_member_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        solve([*favourites(4), *favourites(2)], SETTINGS)


@pytest.mark.parametrize("number", [0, 1])
def test_a_round_may_be_empty(number: int) -> None:
    result = solve(favourites(number), EngineSettings())

    assert result.pairs == ()
    assert [each.reason for each in result.left_out] == ["gender"] * number
    assert json.loads(json.dumps(result.summary))["pairs"] == 0


def test_who_is_of_neither_gender_is_left_out() -> None:
    member = MemberRecord("usr_1", "unknown", 1990)

    assert [(each.id, each.reason) for each in solve([member], SETTINGS).left_out] == [("usr_1", "gender")]


def test_the_summary_says_what_the_round_came_to() -> None:
    members = favourites(101)
    result = solve(members, EngineSettings(candidates=5))
    summary = json.loads(json.dumps(result.summary))

    assert summary["eligible"] == {"male": 51, "female": 50}
    assert summary["pairs"] == len(result.pairs) == sum(summary["score"]["histogram"])
    assert summary["coverage"]["male"] == pytest.approx(len(result.pairs) / 51)
    assert summary["score"]["total"] == pytest.approx(sum(pair.score for pair in result.pairs))
    assert summary["score"]["mean"] == pytest.approx(np.mean([pair.score for pair in result.pairs]))
    assert summary["objective"]["greedy"] <= summary["objective"]["total"] <= summary["objective"]["bound"]
    assert 0 <= summary["objective"]["loss_at_most"] < 0.002
    assert summary["left_out"] == Counter(each.reason for each in result.left_out)
    assert summary["settings"]["candidates"] == 5
    assert summary["phases"].keys() == {"candidates", "assignment", "explaining"}
    assert all(phase["seconds"] >= 0 and phase["peak_mb"] > 0 for phase in summary["phases"].values())
    left = {each.id for each in result.left_out}
    waits = {
        m.gender: max((o.weeks_waiting for o in members if o.gender == m.gender and o.id in left), default=0)
        for m in members
    }
    assert summary["longest_wait"] == waits
    assert all(0 <= value < 1 for value in summary["exposure_gini"].values())
    for curve in summary["exposure_curve"].values():
        assert (curve[0], curve[-1], curve) == (0, pytest.approx(1), sorted(curve))


def test_exposure_counts_earlier_introductions() -> None:
    members = [member._replace(introductions=at % 3) for at, member in enumerate(favourites(40))]
    alike = [member._replace(introductions=1_000) for member in favourites(40)]

    unequal, equal = (solve(given, EngineSettings()).summary["exposure_gini"] for given in (members, alike))
    assert all(unequal[gender] > equal[gender] for gender in unequal)
