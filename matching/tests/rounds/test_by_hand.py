"""Adding a pair by hand, exchanging partners, confirming all."""

import threading

import pytest
from django.db import connection

from matching.engine.results import PairExplanation
from matching.models import MatchHistory, MatchWeek
from matching.models.introduction_changing import SideRefusedError
from matching.rounds.by_hand import add_by_hand, confirm_all, swap
from users.models import Action, UserAccessAudit, UserPreference
from users.models.status import VerbRefusedError

pytestmark = pytest.mark.django_db


def pairs_of(week):
    return {pair.user_ids for pair in MatchHistory.objects.of_week(week)}


def spelled(*members):
    return tuple(sorted(member.pk for member in members))


def test_a_pair_is_added_once_whichever_way_it_is_told(week, couple, matchmaker):
    man, woman = couple
    pair = add_by_hand(week, woman, man, by=matchmaker)
    assert add_by_hand(week, man, woman, by=matchmaker) == pair
    assert (pair.user_ids, pair.source, pair.status) == (spelled(*couple), "manual", "proposed")
    assert pair.matchmaker_id == matchmaker.pk
    rows = UserAccessAudit.objects.filter(resource_id=pair.pk, action=Action.CREATE)
    assert sorted(row.user_id for row in rows) == sorted(pair.user_ids)


def test_it_is_scored_and_explained_as_the_engine_would(week, couple):
    pair = add_by_hand(week, *couple, by=None)
    assert 0 < pair.score <= 1
    assert pair.explanation["a_to_b"]["score"] == pair.score_a_to_b
    assert PairExplanation.from_json(pair.explanation).score == pair.score


def test_what_the_two_wish_for_may_be_overruled(week, couple):
    UserPreference.objects.update(height_min=200, must_have=["height"])
    assert add_by_hand(week, *couple, by=None).score == 0


def test_who_may_not_be_introduced_is_no_side_of_a_pair(week, couple):
    couple[1].suspend(by=None, reason="신고")
    with pytest.raises(SideRefusedError) as refusal:
        add_by_hand(week, *couple, by=None)
    assert refusal.value.member == couple[1]


def test_a_dropped_pair_is_added_on_its_own_row(week, proposed, couple):
    proposed.drop(by=None)
    assert add_by_hand(week, *couple, by=None).pk == proposed.pk
    proposed.refresh_from_db()
    assert (proposed.is_deleted, proposed.source) == (False, "manual")


def test_whoever_has_a_partner_in_the_round_gets_no_other(week, proposed, couple, eligible):
    with pytest.raises(VerbRefusedError):
        add_by_hand(week, couple[0], eligible(gender="female"), by=None)


def test_two_of_one_gender_are_no_pair(week, eligible):
    with pytest.raises(VerbRefusedError):
        add_by_hand(week, eligible(gender="male"), eligible(gender="male"), by=None)


@pytest.mark.parametrize("status", ["introduced", "declined", "ended", "met"])
@pytest.mark.parametrize("deleted", [False, True])
def test_two_who_were_introduced_before_are_no_pair(week, propose, couple, status, deleted):
    earlier = propose(*couple, match_week=None, status=status)
    if deleted:
        earlier.delete()
    with pytest.raises(VerbRefusedError):
        add_by_hand(week, *couple, by=None)


@pytest.mark.parametrize("status", ["proposed", "confirmed", "canceled"])
def test_two_who_were_only_proposed_before_are_one(week, propose, couple, status):
    propose(*couple, match_week=None, status=status)
    assert add_by_hand(week, *couple, by=None)


def test_a_forbidden_pair_is_not_added(week, proposed, couple):
    proposed.forbid(by=None)
    with pytest.raises(VerbRefusedError):
        add_by_hand(week, *couple, by=None)


@pytest.mark.parametrize("status", ["generating", "published", "closed"])
def test_nothing_is_added_to_a_round_in_another_state(week, couple, status):
    MatchWeek.objects.update(status=status)
    with pytest.raises(VerbRefusedError):
        add_by_hand(week, *couple, by=None)
    with pytest.raises(VerbRefusedError):
        confirm_all(week, by=None)


def test_two_pairs_exchange_partners_and_back(week, propose, eligible, matchmaker):
    man, woman, other_man, other_woman = (eligible() for _ in range(4))
    first, second = propose(man, woman), propose(other_man, other_woman)
    swapped = swap(first, second, by=matchmaker)
    assert pairs_of(week) == {spelled(man, other_woman), spelled(other_man, woman)}
    back = swap(*swapped, by=matchmaker)
    assert {pair.pk for pair in back} == {first.pk, second.pk}
    assert pairs_of(week) == {spelled(man, woman), spelled(other_man, other_woman)}


def test_a_swap_that_is_refused_changes_nothing(week, propose, eligible):
    man, woman, other_man, other_woman = (eligible() for _ in range(4))
    first, second = propose(man, woman), propose(other_man, other_woman)
    propose(man, other_woman, match_week=None, status="declined")
    with pytest.raises(VerbRefusedError):
        swap(first, second, by=None)
    assert pairs_of(week) == {spelled(man, woman), spelled(other_man, other_woman)}
    with pytest.raises(VerbRefusedError):
        swap(first, first, by=None)


def test_a_dropped_pair_exchanges_nothing(week, propose, eligible):
    first, second = propose(eligible(), eligible()), propose(eligible(), eligible())
    second.drop(by=None)
    with pytest.raises(VerbRefusedError):
        swap(first, second, by=None)
    assert not MatchHistory.all_objects.get(pk=first.pk).is_deleted


def test_all_are_confirmed_at_once(week, propose, eligible, matchmaker, django_assert_max_num_queries):
    for _ in range(4):
        propose(eligible(), eligible())
    propose(eligible(), eligible(), status="canceled")
    with django_assert_max_num_queries(9):
        assert confirm_all(week, by=matchmaker) == 4
    assert confirm_all(week, by=matchmaker) == 0
    confirmed = MatchHistory.objects.filter(status="confirmed", matchmaker_id=matchmaker.pk)
    assert confirmed.count() == 4
    recorded = UserAccessAudit.objects.filter(action=Action.UPDATE, resource_type="match_histories")
    assert sorted(row.user_id for row in recorded) == sorted(key for pair in confirmed for key in pair.user_ids)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_one_member_a_partner_at_once_one_is_refused(week, eligible, matchmaker, manager):
    man, *women = eligible(gender="male"), eligible(gender="female"), eligible(gender="female")
    outcomes, at_once = [], threading.Barrier(2)

    def add(woman, person):
        at_once.wait()
        try:
            outcomes.append(add_by_hand(week, man, woman, by=person))
        except VerbRefusedError:
            outcomes.append(None)
        connection.close()

    threads = [threading.Thread(target=add, args=pair) for pair in zip(women, (matchmaker, manager), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert outcomes.count(None) == 1
    assert MatchHistory.objects.count() == 1
